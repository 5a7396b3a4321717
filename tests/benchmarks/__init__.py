"""How fast and how large the program is, each as a ratio to a baseline measured in the same run."""
