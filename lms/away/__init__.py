"""While something is away that the site stands on, people are asked to come again. Nothing is lost."""
