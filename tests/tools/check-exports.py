"""Holds what `node tests/tools/run.mjs exports DIR` wrote against the reference: python tests/tools/check-exports.py DIR

Every folder goes through `from_pretrained` of the Auto class for its kind; there must be no missing and no unexpected name, and
the logits must be those of io.json to 1e-4. Its tokenizer, as AutoTokenizer loads it, must cut the sentences of sentences.json as
we do. Its train.py must draw as we do: rates of 2,000 examples of each within four standard errors (examples.json). And it must
learn: the loss of one batch, again and again, must fall with every step. `--only NAME` checks one folder, `--quick` trains nothing.
Needs torch 2.13.0, accelerate 1.15.0, and the transformers that each folder's requirements.txt names: 5.18.0, and for
Transformer-XL 4.57.6; folders that ask for another release than the one installed are left out with a line. Exit code 1
and a line for each thing that differs.
"""

import argparse
import importlib.metadata
import importlib.util
import inspect
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file
from torch.nn import functional
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForPreTraining
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

AUTO = {
    "ElectraForMaskedLM": AutoModelForMaskedLM,
    "ConvBertForMaskedLM": AutoModelForMaskedLM,
    "ConvBertModel": AutoModel,
    "XLNetLMHeadModel": AutoModelForCausalLM,
    "TransfoXLLMHeadModel": AutoModelForCausalLM,
    "BartForConditionalGeneration": AutoModelForSeq2SeqLM,
}
PINNED = {"torch": "2.13.0", "accelerate": "1.15.0"}
# What the reference has no class for stands beside its model in the file, and is computed here.
BESIDE = {"ConvBertModel": "discriminator_predictions."}
TOLERANCE = 1e-4
ERRORS = 4
WHOLE = ("input_ids", "token_type_ids", "decoder_input_ids", "attention_mask", "decoder_attention_mask")


def verdicts(folder, hidden):
    """The discriminator's head: hidden [batch, seq, hidden] → [batch, seq]."""
    file = load_file(folder / "model.safetensors")
    for part in ("dense", "dense_prediction"):
        hidden = functional.linear(hidden, *(file[f"discriminator_predictions.{part}.{kind}"] for kind in ("weight", "bias")))
        if part == "dense":
            hidden = functional.gelu(hidden)
    return hidden.squeeze(-1)


def check_model(folder, run):
    """What differs between a part's outputs here and there."""
    io = json.loads((folder / "io.json").read_text())
    model, report = AUTO.get(io["class"], AutoModelForPreTraining).from_pretrained(folder, output_loading_info=True)
    assert type(model).__name__ == io["class"], f"{type(model).__name__} instead of {io['class']}"
    known = inspect.signature(model.forward).parameters
    inputs = {
        name: torch.tensor(value, dtype=torch.long if name in WHOLE else torch.float32)
        for name, value in io["inputs"].items()
        if name in known
    }
    is_logarithm = io["class"].startswith("TransfoXL")
    if is_logarithm:
        train = trainer_of(folder)
        train.let_type_as_take_a_type()
        inputs["mems"] = train.no_memory(model, len(inputs["input_ids"]))
    if getattr(model.config, "type_vocab_size", 2) == 1:
        del inputs["token_type_ids"]
    if run["hidesLater"]:
        # Of this no config tells: who loads such a model gives it the mask.
        real = inputs["attention_mask"].bool()
        inputs["attention_mask"] = torch.ones(real.shape[1], real.shape[1]).tril().bool()[None, None] & real[:, None, None]
    with torch.no_grad():
        result = model.eval()(**inputs)
    beside = BESIDE.get(io["class"])
    left = {kind: [n for n in names if not (beside and n.startswith(beside))] for kind, names in report.items()}
    problems = [f"{kind}: {sorted(names)}" for kind, names in left.items() if names]
    if beside:
        result["logits"] = verdicts(folder, result.last_hidden_state)
    for name, expected in io["outputs"].items():
        ours = torch.tensor(expected)
        difference = (result[name] - (ours.log_softmax(-1) if is_logarithm else ours)).abs().max().item()
        print(f"{folder}\t{name}\t{difference:.2e}")
        if not difference <= TOLERANCE:
            problems.append(f"{name} differs by {difference:.2e}")
    return problems


def trainer_of(folder):
    """A folder's train.py as a module."""
    spec = importlib.util.spec_from_file_location("train", folder / "train.py")
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    return train


def check_tokenizer(folder, tokenizer):
    """Sentences that are cut otherwise."""
    known = json.loads((folder / "sentences.json").read_text())
    found = tokenizer([one["text"] for one in known], add_special_tokens=False)["input_ids"]
    problems = [f"{one['text']!r} is cut otherwise" for one, ids in zip(known, found) if ids != one["ids"]]
    print(f"{folder}\tsentences\t{len(known) - len(problems)} of {len(known)} alike")
    return problems


def counts(example, tokenizer, content):
    """What is counted of an example, each as (part, whole): a rate is the sum of parts over the sum of wholes."""
    ids, shown, labels = example["ids"], example["input_ids"], example["labels"]
    places = [place for place, label in enumerate(labels) if label != -100]
    mask = tokenizer.mask_token_id
    found = {
        "tokens a row": (len(ids), 1),
        "first run": (ids.index(tokenizer.sep_token_id) if tokenizer.sep_token_id in ids else len(ids), 1),
    }
    if example["pair"] != -100:
        found["label 1"] = (example["pair"], 1)
    if len(shown) != len(ids) or labels == ids:
        masks = shown.count(mask)
        beside = set(zip(ids, ids[1:]))
        pairs = list(zip(shown, shown[1:]))
        return {
            **found,
            "shown a token": (len(shown), len(ids)),
            "[MASK] a token": (masks, len(ids)),
            "hidden a [MASK]": (len(ids) - len(shown) + masks, masks),
            "neighbours kept": (sum(pair in beside for pair in pairs), len(pairs)),
            "begins as it did": (shown[1] == ids[1], 1),
        }
    if "perm_mask" in example:
        found["out of sight"] = (sum(map(sum, example["perm_mask"])), len(ids) ** 2)
    runs = sum(place - 1 not in places for place in places)
    return {
        **found,
        "asked a token": (len(places), len(ids)),
        "asked in a run": (len(places), runs),
        "as [MASK]": (sum(shown[p] == mask for p in places), len(places)),
        "kept": (sum(shown[p] == ids[p] for p in places), len(places)),
        "another": (sum(shown[p] not in (mask, ids[p]) for p in places), len(places)),
        "content": (sum(labels[p] in content for p in places), len(places)),
        "how far right": (sum(p / len(ids) for p in places), len(places)),
    }


def rates(examples, tokenizer, content):
    """Each rate with its standard error."""
    tables = [counts(example, tokenizer, content) for example in examples]
    found = {}
    for name in sorted({name for table in tables for name in table}):
        pairs = [table[name] for table in tables if name in table]
        whole = sum(w for _, w in pairs)
        if whole:
            rate = sum(p for p, _ in pairs) / whole
            found[name] = (rate, math.sqrt(sum((p - rate * w) ** 2 for p, w in pairs)) / whole)
    return found


def check_draws(folder, run, tokenizer):
    """Rates that differ between our examples and those of the folder's train.py."""
    train = trainer_of(folder)
    ours = json.loads((folder / "examples.json").read_text())
    text, rows = train.Text(run, tokenizer), run["training"]["batchSize"]
    drawn = train.Examples(run, text, train.Plan(run, math.ceil(len(ours) / rows)), rows, text.train)
    content = set(run["vocabulary"]["content"])
    expected = rates(ours, tokenizer, content)
    found = rates([drawn[i] for i in range(len(ours))], tokenizer, content)
    problems = [f"only one of both counts {name}" for name in expected.keys() ^ found.keys()]
    for name in expected.keys() & found.keys():
        (a, da), (b, db) = expected[name], found[name]
        errors = abs(a - b) / max(math.hypot(da, db), 1e-12)
        print(f"{folder}\t{name}\t{a:.4f}\t{b:.4f}\t{errors:.1f} standard errors")
        if not errors <= ERRORS and abs(a - b) > 1e-9:
            problems.append(f"{name} is {b:.4f} in train.py and {a:.4f} here, {errors:.1f} standard errors apart")
    return problems


def check_training(folder):
    """Whether the loss of one batch falls with every step."""
    command = [sys.executable, "train.py", "--steps", "4", "--repeat", "--cpu"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        return [f"train.py ends with {done.returncode}: {done.stderr.strip()[-2000:]}"]
    losses = json.loads(done.stdout.strip().splitlines()[-1])["losses"]
    print(f"{folder}\tlosses\t{' '.join(f'{loss:.4f}' for loss in losses)}")
    return [] if all(b < a for a, b in zip(losses, losses[1:])) else [f"the loss does not fall: {losses}"]


def check(folder, quick):
    run = json.loads((folder / "run.json").read_text())
    parts = [folder / part["folder"] for part in run["parts"].values()]
    problems = []
    checks = [
        *(lambda part=part: check_model(part, run) for part in parts),
        lambda: check_tokenizer(folder, AutoTokenizer.from_pretrained(parts[0])),
        lambda: check_draws(folder, run, AutoTokenizer.from_pretrained(parts[0])),
        *([] if quick else [lambda: check_training(folder)]),
    ]
    for one in checks:
        try:
            problems += one()
        except Exception as error:
            problems.append(f"{type(error).__name__}: {error}")
    for problem in problems:
        print(f"{folder}\tDIFFERS\t{problem}")
    return not problems


def main():
    flags = argparse.ArgumentParser()
    flags.add_argument("folder", type=Path)
    flags.add_argument("--only")
    flags.add_argument("--quick", action="store_true")
    given = flags.parse_args()
    for name, version in PINNED.items():
        found = importlib.metadata.version(name).partition("+")[0]
        if found != version:
            sys.exit(f"{name} is {found}, and {version} is what this is checked with")
    transformers.logging.set_verbosity_error()
    folders = sorted(path.parent for path in given.folder.glob("*/run.json") if given.only in (None, path.parent.name))
    asked = {folder: re.search(r"^transformers==(.*)$", (folder / "requirements.txt").read_text(), re.M)[1] for folder in folders}
    for folder, release in asked.items():
        if release != transformers.__version__:
            print(f"{folder}\tleft out\tasks for transformers {release}")
    results = [check(folder, given.quick) for folder in folders if asked[folder] == transformers.__version__]
    sys.exit(0 if results and all(results) else 1)


if __name__ == "__main__":
    main()
