"""Named undertakings: parks, bases, workshops, facilities, programmes."""
