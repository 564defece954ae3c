"""What a trainee says in a whole workout, by language."""

SAY = {
    "en": {
        "begin": "start glute workout",
        "again": "open glute workout",
        "bands": "yellow grey and black",
        "ready": "ready",
        "failed": "i can't do any more",
        "yes": "yes",
        "no": "no",
        "chest": "i have chest pain",
        "call": ("call nine one one", "call nine nine nine", "call triple zero", "call one one two"),
    },
    "de": {
        "begin": "starte po training",
        "again": "öffne po training",
        "bands": "gelb grau und schwarz",
        "ready": "bereit",
        "failed": "ich kann nicht mehr",
        "yes": "ja",
        "no": "nein",
        "chest": "ich habe schmerzen in der brust",
        "call": ("ruf neun eins eins", "ruf neun neun neun", "ruf null null null", "ruf eins eins zwei"),
    },
}
"""`call` is with the numbers of all countries: whoever travels calls that of home."""
