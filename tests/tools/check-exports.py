"""Loads what `node tests/tools/run.mjs exports DIR` wrote with the reference, and compares: python tests/tools/check-exports.py DIR

Every folder goes through `from_pretrained` of the Auto class for its kind; there must be no missing and no unexpected name, and
the logits must be those of io.json to 1e-4. Needs transformers 5.18.0 and torch 2.13.0. Exit code 1 if anything differs.
"""

import inspect
import json
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file
from torch.nn import functional
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForPreTraining, AutoModelForSeq2SeqLM

AUTO = {
    "ElectraForMaskedLM": AutoModelForMaskedLM,
    "ConvBertForMaskedLM": AutoModelForMaskedLM,
    "ConvBertModel": AutoModel,
    "XLNetLMHeadModel": AutoModelForCausalLM,
    "BartForConditionalGeneration": AutoModelForSeq2SeqLM,
}
# What the reference has no class for stands beside its model in the file, and is computed here.
BESIDE = {"ConvBertModel": "discriminator_predictions."}
TOLERANCE = 1e-4
WHOLE = ("input_ids", "token_type_ids", "decoder_input_ids", "attention_mask", "decoder_attention_mask")


def verdicts(folder, hidden):
    """The discriminator's head: hidden [batch, seq, hidden] → [batch, seq]."""
    file = load_file(folder / "model.safetensors")
    for part in ("dense", "dense_prediction"):
        hidden = functional.linear(hidden, *(file[f"discriminator_predictions.{part}.{kind}"] for kind in ("weight", "bias")))
        if part == "dense":
            hidden = functional.gelu(hidden)
    return hidden.squeeze(-1)


def check(folder):
    io = json.loads((folder / "io.json").read_text())
    model, report = AUTO.get(io["class"], AutoModelForPreTraining).from_pretrained(folder, output_loading_info=True)
    assert type(model).__name__ == io["class"], f"{type(model).__name__} instead of {io['class']}"
    known = inspect.signature(model.forward).parameters
    inputs = {
        name: torch.tensor(value, dtype=torch.long if name in WHOLE else torch.float32)
        for name, value in io["inputs"].items()
        if name in known
    }
    if getattr(model.config, "type_vocab_size", 2) == 1:
        del inputs["token_type_ids"]
    with torch.no_grad():
        result = model.eval()(**inputs)
    beside = BESIDE.get(io["class"])
    left = {kind: [n for n in names if not (beside and n.startswith(beside))] for kind, names in report.items()}
    problems = [f"{kind}: {sorted(names)}" for kind, names in left.items() if names]
    if beside:
        result["logits"] = verdicts(folder, result.last_hidden_state)
    for name, expected in io["outputs"].items():
        difference = (result[name] - torch.tensor(expected)).abs().max().item()
        print(f"{folder}\t{name}\t{difference:.2e}")
        if not difference <= TOLERANCE:
            problems.append(f"{name} differs by {difference:.2e}")
    for problem in problems:
        print(f"{folder}\t{problem}")
    return not problems


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    folders = sorted(path.parent for path in Path(sys.argv[1]).glob("**/io.json"))
    results = [check(folder) for folder in folders]
    sys.exit(0 if results and all(results) else 1)
