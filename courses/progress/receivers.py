"""Thin receivers: news from below."""
