"""The sequence model: learns from labelled articles where labels stand, and proposes them in others."""
