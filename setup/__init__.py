"""What `start.py` does: make the environment, keep it right, and start what a person asked for.

Standard library only, since nothing else is installed when it runs. Written for Python 3.11 and newer:
`start.py` sends older ones away before anything here is read.
"""
