"""Where the rules meet the project: what is proposed for its articles, and what comes of it."""
