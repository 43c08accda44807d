"""Search over the whole corpus: articles, words in their context, annotations."""
