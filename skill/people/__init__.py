"""Who trains at home: each person with a name, a colour, settings and a record of their own.

One document of the store holds them all. Who trained here before anybody had a name is the first person.
"""
