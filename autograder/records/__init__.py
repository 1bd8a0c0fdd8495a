"""What each copy showed, kept beside the marks: the mistakes that were recognised in it, and those met on the way.

Our own tables of nbgrader's database, written in the transaction of the mark. One of them names people; the others know each
person by a key drawn at random.
"""
