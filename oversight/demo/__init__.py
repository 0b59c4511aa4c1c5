"""The demonstration: invented people and offices in real governments. ``manage.py load_demo`` enters it."""
