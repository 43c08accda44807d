"""A token a line and its tags in columns: IOB1, IOB2, BIOES, CoNLL-2003, HIPE-2022, CoNLL-U."""
