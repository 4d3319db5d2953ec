"""Makes a random checkpoint as large as BERT-base, with its tokenizer: python tests/tools/large-checkpoint.py DIR [small]

DIR gets config.json, model.safetensors (440 MB), tokenizer.json, vocab.txt and io.json: a sentence as ids with one token masked,
and the reference's logits at that place. `large-checkpoint.ts` opens it in a browser and compares. With `small` the same in
2 layers of 64. Needs transformers 5.18.0 and torch 2.13.0.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForPreTraining

WORDS = "on tuesday , it was rainy , so the toad looked for honey near the forest .".split()
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
HIDDEN = 9


def main(folder, small):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    sizes = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=256) if small else {}
    config = BertConfig(**sizes)
    model = BertForPreTraining(config).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.add_(0.02 * torch.randn_like(weight))
    model.save_pretrained(folder)

    own = list(dict.fromkeys(WORDS))
    tokens = SPECIALS + own + [f"word{i}" for i in range(config.vocab_size - len(SPECIALS) - len(own))]
    vocab = {token: i for i, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(SPECIALS)
    ends = [("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "vocab.txt").write_text("\n".join(tokens))

    ids = tokenizer.encode(" ".join(WORDS)).ids
    ids[HIDDEN] = vocab["[MASK]"]
    with torch.no_grad():
        result = model(input_ids=torch.tensor([ids]), output_attentions=False)
    logits = result.prediction_logits[0, HIDDEN].tolist()
    io = {"sentence": " ".join(WORDS), "ids": ids, "hidden": HIDDEN, "logits": logits}
    (folder / "io.json").write_text(json.dumps(io))
    print(f"{folder}: {sum(p.numel() for p in model.parameters()):,} weights")


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    main(Path(sys.argv[1]), "small" in sys.argv[2:])
