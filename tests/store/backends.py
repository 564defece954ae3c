"""Where the contract suite's stores live: one class a kind, each with its own empty place for one test."""

import sqlite3
from pathlib import Path
from typing import Protocol

from skill.store.base import Store
from skill.store.choose import open_store


class Backend(Protocol):
    address: str

    def open(self) -> Store:
        """One more handle on the same place, as another process would have it."""

    def damage(self, user: str) -> None:
        """Do to the user's document what a bad disk or a careless hand would do."""

    def set_aside_of(self, user: str) -> list[str]:
        """The texts that were kept aside for this user."""


class SQLiteBackend:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "coach.db"
        self.address = f"sqlite:{self.path}"

    def open(self) -> Store:
        return open_store(self.address)

    def damage(self, user: str) -> None:
        db = sqlite3.connect(self.path)
        with db:
            db.execute("UPDATE documents SET body = substr(body, 1, 7) || x'ff' WHERE user = ?", (user,))
        db.close()

    def set_aside_of(self, user: str) -> list[str]:
        db = sqlite3.connect(self.path)
        rows = db.execute("SELECT CAST(body AS BLOB) FROM set_aside WHERE user = ?", (user,)).fetchall()
        db.close()
        return [str(row[0], "utf-8", "replace") for row in rows]


class PostgresBackend:
    def __init__(self, server, name: str) -> None:
        self.server = server
        self.address = server.conninfo(name)
        self._run(f"CREATE SCHEMA {name}")

    def _run(self, statement: str, *values: object) -> list:
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as db:
            done = db.execute(statement, values or None)
            return done.fetchall() if done.description else []

    def open(self) -> Store:
        return open_store(self.address)

    def damage(self, user: str) -> None:
        self._run(
            "UPDATE coach_documents SET body = substr(body, 1, 7) || '\\xff'::bytea WHERE user_key = %s", user
        )

    def set_aside_of(self, user: str) -> list[str]:
        return [
            str(row[0], "utf-8", "replace")
            for row in self._run("SELECT body FROM coach_set_aside WHERE user_key = %s", user)
        ]


class DynamoDBBackend:
    def __init__(self, server, name: str) -> None:
        import botocore.session

        self.table = name
        self.address = f"dynamodb:{name}?region=eu-west-1&endpoint={server.endpoint}&timeout=20"
        session = botocore.session.get_session()
        self.client = session.create_client("dynamodb", region_name="eu-west-1", endpoint_url=server.endpoint)
        self.client.create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": "user", "KeyType": "HASH"},
                {"AttributeName": "item", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "user", "AttributeType": "S"},
                {"AttributeName": "item", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )

    def open(self) -> Store:
        return open_store(self.address)

    def damage(self, user: str) -> None:
        self.client.update_item(
            TableName=self.table,
            Key={"user": {"S": user}, "item": {"S": "document"}},
            UpdateExpression="SET body = :b",
            ExpressionAttributeValues={":b": {"S": '{"sets"\u00ff'}},
        )

    def set_aside_of(self, user: str) -> list[str]:
        found = self.client.query(
            TableName=self.table,
            KeyConditionExpression="#u = :u AND begins_with(#i, :i)",
            ExpressionAttributeNames={"#u": "user", "#i": "item"},
            ExpressionAttributeValues={":u": {"S": user}, ":i": {"S": "aside#"}},
        )
        return [item["body"]["S"] for item in found["Items"]]
