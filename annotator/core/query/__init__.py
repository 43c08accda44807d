"""The language of the search box: what was typed becomes a tree that the store can look up."""
