"""Tables: CSV and Excel workbooks, of anybody, and the tables of our own exports."""
