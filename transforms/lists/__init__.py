"""The workbooks and pages each office receives."""
