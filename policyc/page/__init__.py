"""The structure of the human page: what stands where. HTML and Markdown only render it."""

from policyc.page.blocks import Block, Page
from policyc.page.build import page

__all__ = ["Block", "Page", "page"]
