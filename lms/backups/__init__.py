"""One encrypted file holds the site: made, looked into, restored, rehearsed, thrown away when old."""
