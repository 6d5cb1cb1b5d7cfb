"""Policies in which the check for contradictions finds something."""

HINT = """\
language 1

party us "us"
party partners "our partners"
data logs "logs"
data names "names"
data address "address"
data city "city" is address
data street "street" is address
fact agreed "you have agreed"

policy p "A policy"
    controller us

no_city: never share city with partners
address_shared: may share address with partners
"""
"""A policy in which the one check finds a hint."""

WARNING = (
    HINT
    + """\
names_if_agreed: never share names with partners unless agreed
names_shared: may share names with partners
"""
)
"""A hint and a warning."""

ERROR = (
    WARNING
    + """\
no_logs: never share logs with partners
logs_shared: may share logs with partners
"""
)
"""A hint, a warning and an error."""
