"""Remakes tests/fixtures/muon.json with PyTorch's own optimizers: python tests/tools/muon.py

Needs torch 2.13.0. Twenty updates of matrices by torch.optim.Muon and of everything else by torch.optim.AdamW, the gradient cut
to a global norm. Muon rounds what it orthogonalises to bfloat16, which a browser's GPU does not have: here it keeps 32 bits.
"""

import json
from pathlib import Path

import torch

FILE = Path(__file__).parent.parent / "fixtures" / "muon.json"
SHAPES = {
    "a.weight": [8, 8],
    "b.weight": [8, 8],
    "tall.weight": [16, 8],
    "wide.weight": [8, 12],
    "odd.weight": [9, 11],
    "upright.weight": [11, 9],
    "a.bias": [8],
    "table.weight": [5, 8],
    "yes.weight": [2, 8],
}
MATRICES = ["a.weight", "b.weight", "tall.weight", "wide.weight", "odd.weight", "upright.weight"]
SETTINGS = {"muonRate": 0.02, "momentum": 0.9, "rate": 0.01, "weightDecay": 0.1, "clip": 3.0, "steps": 20}

# A copy, because Muon divides in place what it is given here.
torch.Tensor.bfloat16 = lambda tensor: tensor.float().clone()


def main():
    generator = torch.Generator().manual_seed(20)
    start = {name: torch.randn(shape, generator=generator) for name, shape in SHAPES.items()}
    slopes = [{name: torch.randn(shape, generator=generator) for name, shape in SHAPES.items()} for _ in range(4)]
    for slope in slopes:
        # Of two directions only, as the gradient of few tokens is.
        slope["a.weight"] = torch.randn(8, 2, generator=generator) @ torch.randn(2, 8, generator=generator)
    weights = {name: torch.nn.Parameter(value.clone()) for name, value in start.items()}
    decayed = [weights[name] for name in ("table.weight", "yes.weight")]
    optimizers = [
        torch.optim.Muon(
            [weights[name] for name in MATRICES],
            lr=SETTINGS["muonRate"],
            momentum=SETTINGS["momentum"],
            weight_decay=SETTINGS["weightDecay"],
        ),
        torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": SETTINGS["weightDecay"]},
                {"params": [weights["a.bias"]], "weight_decay": 0.0},
            ],
            lr=SETTINGS["rate"],
            betas=(0.9, 0.98),
            eps=1e-8,
        ),
    ]
    for step in range(SETTINGS["steps"]):
        for name, weight in weights.items():
            weight.grad = slopes[step % len(slopes)][name] + 0.1 * weight.detach()
        torch.nn.utils.clip_grad_norm_(list(weights.values()), SETTINGS["clip"])
        for optimizer in optimizers:
            optimizer.step()

    def listed(values):
        return {name: value.detach().flatten().tolist() for name, value in values.items()}

    made = {
        "made": f"tests/tools/muon.py, torch {torch.__version__}",
        "settings": SETTINGS,
        "shapes": SHAPES,
        "start": listed(start),
        "slopes": [listed(slope) for slope in slopes],
        "end": listed(weights),
    }
    FILE.write_text(json.dumps(made, separators=(",", ":")) + "\n")


main()
