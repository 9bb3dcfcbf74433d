"""A site of an earlier version is brought to this one: nothing that was promised changes.

`states/` holds one file for each earlier version, made once by `making.py` with the code of that time.
"""
