"""What press databases hand out: Europresse, Factiva, Nexis."""
