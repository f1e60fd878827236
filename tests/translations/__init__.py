"""Makes the catalogs of chatapp/languages from the texts that the code marks.

python -m tests.translations           brings the .po files up to date, and makes the .mo files of them
"""
