"""Runs Assist pipelines over Home Assistant's websocket: a JSON object a line in, one a line out.

By Home Assistant's own Python, which has aiohttp: `python pipelines.py ADDRESS TOKEN`. It begins with the devices.
{"text", "device"} is a turn; with "sound" the answer is fetched too and timed; {"prefer"} is the integration of whose
agent, ears and voice the pipeline is made that all then use; {"command"} is any other command.
"""

import asyncio
import itertools
import json
import sys
import time
from contextlib import asynccontextmanager

import aiohttp

NUMBERS = itertools.count(1)


async def command(line, **more):
    number = next(NUMBERS)
    await line.send_json({"id": number, **more})
    while True:
        got = await line.receive_json()
        if got["id"] == number and got["type"] == "result":
            if not got["success"]:
                raise RuntimeError(got["error"])
            return got["result"]


async def result(line, asked):
    try:
        return await command(line, **asked)
    except RuntimeError as fault:
        return {"error": str(fault)}


async def turn(session, line, address, pipeline, asked):
    await command(
        line,
        type="assist_pipeline/run",
        start_stage="intent",
        end_stage="tts",
        pipeline=pipeline,
        input={"text": asked["text"]},
        conversation_id=asked.get("conversation"),
        **({"device_id": asked["device"]} if asked.get("device") else {}),
    )
    said = {}
    while True:
        event = (await line.receive_json()).get("event", {})
        if event.get("type") == "intent-end":
            out = event["data"]["intent_output"]
            said |= {
                "text": out["response"]["speech"]["plain"]["speech"],
                "continue": out["continue_conversation"],
                "conversation": out["conversation_id"],
                "kind": out["response"]["response_type"],
            }
        elif event.get("type") == "tts-end":
            said["url"] = event["data"]["tts_output"]["url"]
        elif event.get("type") == "error":
            said["error"] = event["data"]
        elif event.get("type") == "run-end":
            break
    if asked.get("sound") and "url" in said:
        began = time.monotonic()
        async with session.get(address + said["url"]) as sound:
            first = await sound.content.read(1024)
            said["first_byte_s"] = time.monotonic() - began
            said["bytes"] = len(first) + len(await sound.read())
    return said


@asynccontextmanager
async def connected(session, address, token):
    """A line of its own for each command: nobody answers the pings of one that waits for the next."""
    async with session.ws_connect(f"{address}/api/websocket") as line:
        await line.receive_json()
        await line.send_json({"type": "auth", "access_token": token})
        await line.receive_json()
        yield line


async def set_up(line, platform):
    """The pipeline, made and preferred; its id."""
    entities = await command(line, type="config/entity_registry/list")
    ours = (each["entity_id"] for each in entities if each["platform"] == platform)
    engines = {each.split(".")[0]: each for each in ours}
    made = await command(
        line,
        type="assist_pipeline/pipeline/create",
        name="Coach",
        language="en",
        conversation_engine=engines["conversation"],
        conversation_language="en",
        stt_engine=engines["stt"],
        stt_language="en",
        tts_engine=engines["tts"],
        tts_language="en",
        tts_voice=None,
        wake_word_entity=None,
        wake_word_id=None,
    )
    await command(line, type="assist_pipeline/pipeline/set_preferred", pipeline_id=made["id"])
    return made["id"]


async def main(address, token):
    async with aiohttp.ClientSession() as session:
        async with connected(session, address, token) as line:
            pipeline = await set_up(line, "glute_coach")
            devices = await command(line, type="config/device_registry/list")
        tell({"devices": {each["name"]: each["id"] for each in devices}})
        while asked := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(asked)
            async with asyncio.timeout(120), connected(session, address, token) as line:
                if "command" in asked:
                    tell(await result(line, asked["command"]))
                elif "prefer" in asked:
                    pipeline = await set_up(line, asked["prefer"])
                    tell({})
                else:
                    tell(await turn(session, line, address, pipeline, asked))


def tell(content):
    print(json.dumps(content), flush=True)


asyncio.run(main(*sys.argv[1:]))
