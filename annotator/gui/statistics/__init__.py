"""The page of where the work stands: what is counted, the charts of it, and where each bar leads."""
