"""The SDK without the clients of other services: imported without them, and had after all by whoever makes one."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from skill.alexa.sdk_without_services import without_services
without_services()
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model.services import ApiConfiguration, ServiceClientFactory
clients = [name for name in sys.modules if name.startswith("ask_sdk_model.services.list_management")]
made = ServiceClientFactory(ApiConfiguration(api_endpoint="https://api.amazonalexa.com"))
print(clients, type(made).__module__, hasattr(made, "get_list_management_service"))
"""


def test_nothing_of_other_services_is_imported_until_a_client_is_made_and_then_it_is_the_sdks_own():
    command = [sys.executable, "-W", "ignore", "-c", CODE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "ask_sdk_model.services.service_client_factory", "True"]
