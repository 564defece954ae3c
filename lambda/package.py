"""Builds what AWS and the Alexa console take, from this very tree and this very virtual environment.

    build/lambda.zip        the function: the coach, what it needs of the environment, .pyc files; no boto3
    build/template.yaml     the SAM template, its runtime and architecture those of the zip
    build/counts/           the sets that workouts ask for, as MP3 files for the template's bucket, with their manifest,
                            which lies in the zip, too
    build/ask/              the ASK CLI layout: ask-resources.json and the skill package

Called by `make package`. The same tree and environment give the same bytes.
"""

import argparse
import json
import os
import platform
import py_compile
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from skill.locales.texts import differences, known

ROOT = Path(__file__).parent.parent
OURS = ("rules", "skill")
OWN = ("exercises", "rules")
NEEDED = ("ask-sdk-core", "durable-rules", "isal", "msgspec", "pyyaml", "tzdata")
LEFT_OUT = re.compile(
    r"^skill/(front|speaker|commands|simulate|history(?!/(__init__|record)\.py$))/|^skill/(web|cli)\.py$|\.(dist|egg)-info/"
    r"|/(tests?|__pycache__)/|\.pyc$|^\.\.|^redis|\.(c|h|pyi|typed)$"
)
EPOCH = (2020, 1, 1, 0, 0, 0)
LARGEST_MB = 25
GLIBC = {(3, 11): 26}
"""The C library of Lambda's older runtimes (2.x); the others have 2.34."""
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
ICONS = {"smallIconUri": "icon-108.png", "largeIconUri": "icon-512.png"}


class NotForLambda(RuntimeError):
    """What this machine would build does not run there; the message says what to do."""


def main() -> None:
    """Build everything below `build/`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--voice", help="who counts: piper or espeak (default: the best that is installed)")
    parser.add_argument("--resumed", action="store_true", help="render sets gone on with after a pause, too")
    parser.add_argument("--function-arn", help="the function of `sam deploy`, whose id the skill needs first")
    parser.add_argument("--privacy-url", help="where docs/privacy.md, filled in, can be read: for a listing")
    for name in OWN:
        parser.add_argument(
            f"--{name}", type=Path, metavar="DIR", help=f"a folder of one's own {name}, to go along"
        )
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    counts = chosen.out / "counts"
    more = counted(counts, chosen.voice, chosen.resumed) | own({name: getattr(chosen, name) for name in OWN})
    size_mb = zipped(chosen.out / "lambda.zip", more)
    (chosen.out / "template.yaml").write_text(template(), "utf-8")
    ask_layout(chosen.out / "ask", chosen.function_arn, chosen.privacy_url)
    print(f"{chosen.out / 'lambda.zip'}: {size_mb:.1f} MB for {runtime()} on {architecture()}")


def counted(folder: Path, voice: str | None, resumed: bool) -> dict[str, Path]:
    """Render the sets into a folder; what of it belongs into the zip. Nothing does where no voice can speak here."""
    command = [sys.executable, "-m", "skill", "counts", "--out", str(folder)]
    command += [*(["--voice", voice] if voice else []), *(["--resumed"] if resumed else [])]
    done = subprocess.run(command, check=False, cwd=ROOT)
    if done.returncode:
        print("No counts were rendered: the function counts in Alexa's own voice (CountRoute=apla)")
        return {}
    return {"counts.json": folder / "manifest.json"}


def own(folders: dict[str, Path | None]) -> dict[str, Path]:
    """The files of one's own exercises and rules, by their names in the zip, where the function looks for them."""
    return {
        f"own/{name}/{file.relative_to(folder)}": file
        for name, folder in folders.items()
        if folder is not None
        for file in sorted(folder.rglob("*.yaml"))
    }


def runtime() -> str:
    """Lambda's name of this Python."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}"


def architecture() -> str:
    """Lambda's name of this processor. Raises NotForLambda: Lambda has none of this kind."""
    if platform.machine() not in ARCHITECTURES or sys.platform != "linux":
        raise NotForLambda(
            f"Lambda does not run {sys.platform} on {platform.machine()}: build on Linux, x86 or ARM"
        )
    return ARCHITECTURES[platform.machine()]


def template() -> str:
    """The template for the zip that this machine builds."""
    text = (ROOT / "lambda" / "template.yaml").read_text("utf-8")
    text = re.sub(r'Runtime: ".*"', f'Runtime: "{runtime()}"', text)
    return re.sub(r'Architectures: \[".*"\]', f'Architectures: ["{architecture()}"]', text)


def zipped(target: Path, more: dict[str, Path]) -> float:
    """Write the function's zip, with some more files by their names in it; its size in MB.

    Raises NotForLambda: it is too large, or a compiled module wants a newer C library than the runtime has.
    """
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name, source in (*files(), *more.items()):
            place = tree / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
            _check_library(place)
        work_out(tree)
        compiled(tree)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for place in sorted(each for each in tree.rglob("*") if each.is_file()):
                info = zipfile.ZipInfo(str(place.relative_to(tree)), EPOCH)
                info.external_attr, info.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
                archive.writestr(info, place.read_bytes())
    size_mb = target.stat().st_size / 1e6
    if size_mb > LARGEST_MB:
        raise NotForLambda(f"The zip has {size_mb:.1f} MB, more than {LARGEST_MB}: leave something out")
    return size_mb


def files() -> Iterator[tuple[str, Path]]:
    """Every file of the function: its name in the zip, and where it lies."""
    yield "lambda_function.py", ROOT / "lambda" / "lambda_function.py"
    for package in OURS:
        for source in sorted((ROOT / package).rglob("*")):
            name = str(source.relative_to(ROOT))
            if source.is_file() and not LEFT_OUT.search(name):
                yield name, source
    for distribution in sorted(needed()):
        for file in metadata.distribution(distribution).files or ():
            if not LEFT_OUT.search(str(file)):
                yield str(file), Path(str(file.locate()))


def needed() -> set[str]:
    """The distributions that the function imports, and what they need in turn; AWS brings boto3 itself."""
    found: set[str] = set()
    waiting = list(NEEDED)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in metadata.distribution(name).requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name.lower())
    return found


def work_out(tree: Path) -> None:
    """Read and prove what the function would read and prove at each cold start, by the code that was packed.

    Numbers are spelled here, too, once and for all: what spells them is lent to the build and is not in the zip.
    """
    code = "from skill import prebuilt; prebuilt.write(prebuilt.FILE)"
    with tempfile.TemporaryDirectory() as lent:
        speller = metadata.distribution("unicode-rbnf")
        for name in {file.parts[0] for file in speller.files or () if file.parts[0] != ".."}:
            Path(lent, name).symlink_to(str(speller.locate_file(name)))
        environment = {
            "PYTHONPATH": f"{tree}{os.pathsep}{lent}",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        subprocess.run([sys.executable, "-S", "-c", code], cwd=tree, env=environment, check=True)


def compiled(tree: Path) -> None:
    """Put a .pyc beside every module, trusted as it is: unpacking changes the times that others go by."""
    for source in sorted(tree.rglob("*.py")):
        name = str(source.relative_to(tree))
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(source), dfile=name, doraise=True, invalidation_mode=mode)


def _check_library(place: Path) -> None:
    if not place.name.endswith(".so"):
        return
    has = GLIBC.get(sys.version_info[:2], 34)
    wants = max((int(each) for each in re.findall(rb"GLIBC_2\.(\d+)", place.read_bytes())), default=0)
    if wants > has:
        raise NotForLambda(
            f"{place.name} wants glibc 2.{wants}; Lambda's {runtime()} has 2.{has}:"
            f" run `make package` inside the image public.ecr.aws/sam/build-{runtime()}"
        )


def ask_layout(target: Path, function_arn: str | None, privacy_url: str | None) -> None:
    """The folder that `ask deploy` takes: the manifest with its listings, the interaction models and the icons."""
    package = target / "skill-package"
    models = package / "interactionModels" / "custom"
    models.mkdir(parents=True, exist_ok=True)
    images = package / "assets" / "images"
    images.mkdir(parents=True, exist_ok=True)
    for name in ICONS.values():
        shutil.copyfile(ROOT / "lambda" / name, images / name)
    (package / "skill.json").write_text(manifest(function_arn, privacy_url), "utf-8")
    for model in sorted((ROOT / "interaction_models").glob("*.json")):
        (models / model.name).write_text(json.dumps(json.loads(model.read_text("utf-8")), indent=2), "utf-8")
    profile = {"skillMetadata": {"src": "./skill-package"}}
    resources = {"askcliResourcesVersion": "2020-03-31", "profiles": {"default": profile}}
    (target / "ask-resources.json").write_text(json.dumps(resources, indent=2) + "\n", "utf-8")


def manifest(function_arn: str | None, privacy_url: str | None) -> str:
    """The skill's manifest. Without a function it has no endpoint yet: the function is made for the skill's id."""
    whole: dict[str, Any] = json.loads((ROOT / "lambda" / "skill.json").read_text("utf-8"))
    parts = whole["manifest"]
    if function_arn:
        for part in (parts["apis"]["custom"], parts["events"]):
            part["endpoint"] = {"uri": function_arn}
    else:
        del parts["events"]
    parts["publishingInformation"]["locales"] = {locale: listing(locale) for locale in sorted(known())}
    if privacy_url:
        parts["privacyAndCompliance"]["locales"] = {
            locale: {"privacyPolicyUrl": privacy_url} for locale in sorted(known())
        }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def listing(locale: str) -> dict[str, Any]:
    """How the skill is told of in a locale's store: lambda/listings, in the locale's own words, with the icons."""
    written = json.loads((ROOT / "lambda" / "listings" / f"{known()[locale]}.json").read_text("utf-8"))
    icons = {uri: f"file://assets/images/{name}" for uri, name in ICONS.items()}
    return {**differences(locale).applied(written), **icons}


if __name__ == "__main__":
    main()
