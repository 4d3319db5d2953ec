"""Remakes the fixtures of Transformer-XL: python tests/tools/transfo_xl.py [case ...]

Needs transformers 4.57.6, the last line of releases that holds this model, beside torch and safetensors as in fixtures.py, whose
rules and functions these are. That release casts with a call that PyTorch does not know (its issue 29650): it is mended below.
The model takes no attention mask, so all rows are full. `mems` says what was remembered: nothing, zeros, or numbers.
"""

import importlib.metadata
import json
import sys

# The release asks for an older huggingface_hub than there may be; nothing of it is used here.
version_of = importlib.metadata.version
importlib.metadata.version = lambda name: "0.36.0" if name.replace("_", "-") == "huggingface-hub" else version_of(name)

import torch
import transformers
from safetensors.torch import save_file

from fixtures import FOLDER, NOISE, gradients_of, numbers

cast = torch.Tensor.type_as
torch.Tensor.type_as = lambda self, other=None, *, dtype=None: cast(self, other) if dtype is None else self.to(dtype)

MADE = f"tests/tools/transfo_xl.py, transformers {transformers.__version__}, torch {torch.__version__}"

BASE = dict(
    vocab_size=29, cutoffs=[], adaptive=False, d_model=12, d_embed=12, n_head=3, d_head=4, d_inner=20, div_val=1,
    pre_lnorm=False, n_layer=2, mem_len=6, clamp_len=-1, same_length=False, tie_projs=[False], eos_token_id=0,
)

# name: config, rows, length of a row, steps that are remembered (None: the reference makes zeros of mem_len steps)
CASES = {
    "transfo-xl": (BASE, 3, 7, 6),
    "transfo-xl-zeros": (BASE, 3, 5, None),
    "transfo-xl-empty": (BASE | dict(d_head=8), 3, 9, 0),
    "transfo-xl-pre-norm": (BASE | dict(pre_lnorm=True, clamp_len=4), 3, 5, 4),
    "transfo-xl-same-length": (BASE | dict(same_length=True, mem_len=5), 3, 7, 5),
    "transfo-xl-narrow": (BASE | dict(d_embed=8, mem_len=0), 3, 7, 0),
    "transfo-xl-tied": (BASE | dict(d_embed=20, tie_projs=[True], n_layer=1), 3, 6, 3),
}
# The loss as it is trained here: a target for each token of the segment, the one behind it for the last. The reference itself
# sets labels against what was said one place before; so a row has one label more, and the first is nobody's.
LEARNING = {"transfo-xl-learning": (BASE | dict(d_embed=8, d_head=8, mem_len=4, n_layer=1, pre_lnorm=True), 3, 5, 4)}


def build(fields, noisy):
    config = transformers.TransfoXLConfig(**fields)
    config.tie_projs = fields["tie_projs"]
    torch.manual_seed(7)
    model = transformers.TransfoXLLMHeadModel(config).eval()
    if noisy:
        generator = torch.Generator().manual_seed(11)
        with torch.no_grad():
            for tensor in model.parameters():
                tensor += NOISE * torch.randn(tensor.shape, generator=generator)
    return config, model


def inputs_of(config, rows, seq, steps):
    generator = torch.Generator().manual_seed(13)
    inputs = {"input_ids": torch.randint(5, config.vocab_size, (rows, seq), generator=generator)}
    if steps is None:
        return inputs
    mems = [torch.randn(steps, rows, config.d_model, generator=generator) for _ in range(config.n_layer)]
    return inputs | {"mems": mems}


def write(name, config, model, inputs, outputs, more={}):
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    small = {k: getattr(config, k) for k in BASE}
    head = {"architectures": ["TransfoXLLMHeadModel"], "model_type": config.model_type}
    (folder / "config.json").write_text(json.dumps(head | small, indent=2) + "\n")
    tied = ["crit.out_layers.0.weight"] + (["crit.out_projs.0"] if config.tie_projs[0] else [])
    weights = {k: v.contiguous() for k, v in model.state_dict().items() if k not in tied}
    save_file(weights, str(folder / "model.safetensors"), metadata={"format": "pt"})
    io = {
        "made": MADE,
        "class": "TransfoXLLMHeadModel",
        "inputs": {k: numbers(v) for k, v in inputs.items()},
        "outputs": {k: numbers(v) for k, v in outputs.items()},
    } | more
    (folder / "io.json").write_text(json.dumps(io, separators=(",", ":")) + "\n")
    print(f"{name}: {', '.join(outputs)}; {sum(p.stat().st_size for p in folder.iterdir()) // 1000} kB")


def make(name, case, noisy):
    fields, rows, seq, steps = case
    config, model = build(fields, noisy)
    inputs = inputs_of(config, rows, seq, steps)
    with torch.no_grad():
        given = inputs if config.mem_len else {"input_ids": inputs["input_ids"]}
        result = model(**given, output_attentions=True, output_hidden_states=True, return_dict=True)
    outputs = {k: v for k, v in result.items() if v is not None}
    if steps is None:
        inputs["mems"] = model.init_mems(rows)
    write(f"{name}-{'noise' if noisy else 'fresh'}", config, model, inputs, outputs)


def make_learning(name, case):
    fields, rows, seq, steps = case
    config, model = build(fields, True)
    inputs = inputs_of(config, rows, seq, steps)
    generator = torch.Generator().manual_seed(17)
    inputs["labels"] = torch.randint(5, config.vocab_size, (rows, seq + 1), generator=generator)
    scores = model(input_ids=inputs["input_ids"], mems=inputs["mems"], return_dict=True).prediction_scores
    loss = torch.nn.functional.nll_loss(scores.flatten(0, 1), inputs["labels"][:, 1:].flatten())
    write(name, config, model, inputs, {"loss": loss.detach()}, {"gradients": gradients_of(model, loss)})


if __name__ == "__main__":
    for name, case in CASES.items():
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            make(name, case, False)
            make(name, case, True)
    for name, case in LEARNING.items():
        if len(sys.argv) == 1 or name in sys.argv[1:]:
            make_learning(name, case)
