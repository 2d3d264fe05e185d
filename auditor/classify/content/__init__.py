"""Evidence from content: what a sample of an object says, and nothing of what it holds.

Everything here is imported only when content is sampled: its libraries are the extra `classify`.
"""
