"""What makes the parts of the documentation that the code knows: `python -m docs.tables`."""
