"""Remakes tests/fixtures with the reference implementation: python tests/tools/fixtures.py [case ...]

Needs transformers 5.18.0, torch 2.13.0 and safetensors 0.8.0. Every case is a folder with config.json, model.safetensors and
io.json, the form that `npm run parity` takes. Each comes with two sets of weights: as initialised, which shows a wrong epsilon,
and with noise of deviation 0.3 (`NOISE_OF`: less) on every tensor, which shows everything else. Rows are of unequal length, padded on the right.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors.torch import save_file

FOLDER = Path(__file__).parent.parent / "fixtures"
MADE = f"tests/tools/fixtures.py, transformers {transformers.__version__}, torch {torch.__version__}"
NOISE = 0.3
# Without norms what is added grows from layer to layer, and with it what rounding loses.
NOISE_OF = {"MobileBert": 0.15}
# Noise under which what a decoder writes varies; 11 for all other cases.
SEEDS = {"bart": 21, "bart-scaled": 1}


def token_rows(lengths, seq, vocab, pad, generator):
    """Rows of tokens, none of them special, with padding on the right: ids and mask [batch, seq]."""
    ids = torch.full((len(lengths), seq), pad)
    keep = torch.zeros(len(lengths), seq, dtype=torch.long)
    for row, length in enumerate(lengths):
        ids[row, :length] = torch.randint(5, vocab, (length,), generator=generator)
        keep[row, :length] = 1
    return ids, keep


def bert_inputs(config, lengths, seq, generator):
    ids, keep = token_rows(lengths, seq, config.vocab_size, config.pad_token_id, generator)
    types = torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        types[row, length // 2 : length] = 1
    return {"input_ids": ids, "attention_mask": keep, "token_type_ids": types}


def xlnet_inputs(config, lengths, seq, generator):
    """Segments of three kinds, the last token of a row one of its own, as XLNet sets its classifier."""
    inputs = bert_inputs(config, lengths, seq, generator)
    for row, length in enumerate(lengths):
        inputs["token_type_ids"][row, length - 1] = 2
    return inputs


def target_inputs(config, lengths, seq, generator):
    """A random order with two targets a row; the last row's second target is an empty slot."""
    inputs = xlnet_inputs(config, lengths, seq, generator)
    hidden = torch.ones(len(lengths), seq, seq)
    mapping = torch.zeros(len(lengths), 2, seq)
    for row, length in enumerate(lengths):
        order = torch.randperm(length, generator=generator)
        rank = torch.empty(length, dtype=torch.long)
        rank[order] = torch.arange(length)
        hidden[row, :length, :length] = (rank[:, None] <= rank[None, :]).float()
        for k in range(1 if row == len(lengths) - 1 else 2):
            mapping[row, k, order[-1 - k]] = 1
    return inputs | {"perm_mask": hidden, "target_mapping": mapping}


def memory_inputs(config, lengths, seq, generator):
    mems = [torch.randn(4, len(lengths), config.d_model, generator=generator) for _ in range(config.n_layer)]
    return target_inputs(config, lengths, seq, generator) | {"mems": mems}


def bart_inputs(config, lengths, seq, generator):
    ids, keep = token_rows(lengths, seq, config.vocab_size, config.pad_token_id, generator)
    target, written = token_rows([n - 1 for n in lengths], seq - 1, config.vocab_size, config.pad_token_id, generator)
    target[:, 0] = config.decoder_start_token_id
    written[:, 0] = 1
    return {
        "input_ids": ids, "attention_mask": keep, "decoder_input_ids": target, "decoder_attention_mask": written,
    }


def source_inputs(config, lengths, seq, generator):
    """No decoder input: the reference then shifts the source to the right."""
    ids, keep = token_rows(lengths, seq, config.vocab_size, config.pad_token_id, generator)
    return {"input_ids": ids, "attention_mask": keep}


def labelled(inputs_of, pair=None):
    """Labels at every third real token, -100 elsewhere, and which rows are pairs, where the class is asked."""
    def inputs(config, lengths, seq, generator):
        made = inputs_of(config, lengths, seq, generator)
        made["input_ids"][0, 2] = config.pad_token_id  # learns nothing from being read, where the reference says so
        shape = made["target_mapping"].shape[:2] if "target_mapping" in made else made["input_ids"].shape
        labels = torch.randint(5, config.vocab_size, shape, generator=generator)
        if "target_mapping" in made:
            labels[made["target_mapping"].sum(-1) == 0] = -100
        else:
            real = made.get("decoder_attention_mask", made["attention_mask"]).bool()
            asked = real & (torch.arange(shape[1]) % 3 == 1)
            labels[~asked] = -100
        verdicts = {pair: torch.arange(len(lengths)) % 2} if pair else {}
        return made | {"labels": labels} | verdicts
    return inputs


def judged(config, lengths, seq, generator):
    """A verdict for every real token."""
    made = bert_inputs(config, lengths, seq, generator)
    return made | {"labels": torch.randint(0, 2, made["input_ids"].shape, generator=generator)}


def full_bart_inputs(config, lengths, seq, generator):
    """Source and target of one length, as labels need it."""
    made = source_inputs(config, lengths, seq, generator)
    return made | {"decoder_attention_mask": made["attention_mask"]}


BERT = dict(
    vocab_size=29, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
    max_position_embeddings=11, type_vocab_size=2, pad_token_id=0,
)

ALBERT = dict(
    vocab_size=29, embedding_size=6, hidden_size=12, num_hidden_layers=3, num_attention_heads=3, intermediate_size=20,
    max_position_embeddings=11, type_vocab_size=2, pad_token_id=0, bos_token_id=2, eos_token_id=3,
    num_hidden_groups=1, inner_group_num=1,
)

ELECTRA = dict(
    vocab_size=29, embedding_size=6, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
    max_position_embeddings=11, type_vocab_size=2, pad_token_id=0,
)
SQUARE = dict(embedding_size=12, hidden_act="relu")

def plain_inputs(config, lengths, seq, generator):
    ids, keep = token_rows(lengths, seq, config.vocab_size, config.pad_token_id, generator)
    return {"input_ids": ids, "attention_mask": keep}


ROBERTA = dict(
    vocab_size=29, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
    max_position_embeddings=13, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0, eos_token_id=2,
)
DISTILBERT = dict(
    vocab_size=29, dim=12, n_layers=2, n_heads=3, hidden_dim=20, max_position_embeddings=11, pad_token_id=0,
)
XLNET = dict(
    vocab_size=29, d_model=12, n_layer=2, n_head=3, d_inner=20, ff_activation="gelu", attn_type="bi", mem_len=None,
    clamp_len=-1, pad_token_id=0, bos_token_id=1, eos_token_id=2,
)

BART = dict(
    vocab_size=29, d_model=12, encoder_layers=2, decoder_layers=1, encoder_attention_heads=3, decoder_attention_heads=2,
    encoder_ffn_dim=20, decoder_ffn_dim=16, max_position_embeddings=11, scale_embedding=False,
    pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2, forced_eos_token_id=2,
)

CONVBERT = dict(
    vocab_size=29, embedding_size=6, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=12,
    head_ratio=2, conv_kernel_size=5, num_groups=1, max_position_embeddings=11, type_vocab_size=2, pad_token_id=0,
    bos_token_id=1, eos_token_id=2,
)
CONVBERT_SMALL = dict(
    vocab_size=11, embedding_size=4, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
    conv_kernel_size=3, num_groups=2, max_position_embeddings=6, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
)

MOBILEBERT = dict(
    vocab_size=19, embedding_size=4, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=8,
    intra_bottleneck_size=8, num_feedforward_networks=2, max_position_embeddings=11, type_vocab_size=2, pad_token_id=0,
)
IB_BERT = dict(
    hidden_act="gelu", hidden_size=8, intra_bottleneck_size=16, intermediate_size=12, use_bottleneck_attention=True,
    key_query_shared_bottleneck=False, num_feedforward_networks=1, normalization_type="layer_norm",
)
MOBILEBERT_SMALL = dict(
    vocab_size=11, embedding_size=3, hidden_size=8, num_hidden_layers=1, intermediate_size=6, intra_bottleneck_size=4,
    max_position_embeddings=6, attention_probs_dropout_prob=0,
)

BIGBIRD = dict(
    vocab_size=17, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=12,
    max_position_embeddings=32, type_vocab_size=2, pad_token_id=0, block_size=4, num_random_blocks=1,
    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)
UNUSUAL_BIGBIRD = dict(use_bias=False, rescale_embeddings=True)

DEBERTA = dict(
    vocab_size=29, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
    max_position_embeddings=11, type_vocab_size=0, relative_attention=True, max_relative_positions=-1,
    pos_att_type=["c2p", "p2c"], position_biased_input=False, pad_token_id=0, legacy=True, tie_word_embeddings=True,
)
DEBERTA2 = DEBERTA | dict(position_buckets=8, share_att_key=True, norm_rel_ebd="layer_norm")
NEWER = dict(legacy=False, tie_word_embeddings=False)
DECODER = NEWER | dict(enhanced_mask_decoder=True)
SMALL = dict(vocab_size=17, hidden_size=8, num_attention_heads=2, intermediate_size=12, max_position_embeddings=9)


def mask_decoder(model, inputs):
    """The published code's decoder, of which these classes have the layers but not the way through them."""
    deberta = model.deberta
    encoder, keep = deberta.encoder, inputs["attention_mask"]
    kv = deberta(**inputs, output_hidden_states=True).hidden_states[-2]
    z = kv + deberta.embeddings.position_embeddings.weight[: kv.shape[1]]
    layer = encoder.layer[-1]
    given = dict(relative_pos=encoder.get_rel_pos(kv), rel_embeddings=encoder.get_rel_embedding())
    for _ in range(2):
        if hasattr(layer.attention.self, "in_proj"):
            # With states of its own for the query this class fails on a batch: only what it projects is put in.
            heads = model.config.num_attention_heads

            def put(module, _, product):
                asked = torch.nn.functional.linear(z, module.weight).view(*z.shape[:2], heads, 3, -1)
                own = product.view(*z.shape[:2], heads, 3, -1)
                return torch.cat([asked[..., :1, :], own[..., 1:, :]], 3).view(product.shape)

            hook = layer.attention.self.in_proj.register_forward_hook(put)
            seen, _ = layer.attention.self(kv, encoder.get_attention_mask(keep), **given)
            hook.remove()
        else:
            seen, _ = layer.attention.self(kv, encoder.get_attention_mask(keep), query_states=z, **given)
        attended = layer.attention.output(seen, z)
        z = layer.output(layer.intermediate(attended), attended)
    return {"logits": model.lm_predictions(z, deberta.embeddings.word_embeddings)}


def answers(model, inputs, learns):
    """The outputs of the class, with its loss where labels are given; those of the mask decoder are the published code's."""
    if not getattr(model.config, "enhanced_mask_decoder", False):
        return model(**inputs, output_attentions=not learns, output_hidden_states=not learns, return_dict=True)
    read = {k: v for k, v in inputs.items() if k != "labels"}
    decoded = mask_decoder(model, read)
    if not learns:
        return decoded
    loss = torch.nn.functional.cross_entropy(decoded["logits"].flatten(0, 1), inputs["labels"].flatten())
    return {"loss": loss} | decoded


# name: class, config, lengths of the rows, length of the batch, inputs
CASES = {
    "bert": ("BertForPreTraining", BERT, (9, 4, 6), 9, bert_inputs),
    "bert-full": ("BertForPreTraining", BERT | dict(hidden_act="relu"), (11, 1, 7), 11, bert_inputs),
    "albert": ("AlbertForPreTraining", ALBERT, (9, 4, 6), 9, bert_inputs),
    "albert-groups": (
        "AlbertForPreTraining",
        ALBERT | dict(num_hidden_layers=4, num_hidden_groups=2, inner_group_num=2, hidden_act="gelu"),
        (11, 1, 7), 11, bert_inputs,
    ),
    "albert-square": ("AlbertForPreTraining", ALBERT | dict(embedding_size=12), (5, 8, 3), 8, bert_inputs),
    "electra-generator": ("ElectraForMaskedLM", ELECTRA, (9, 4, 6), 9, bert_inputs),
    "electra-generator-square": ("ElectraForMaskedLM", ELECTRA | SQUARE, (11, 1, 7), 11, bert_inputs),
    "electra-discriminator": ("ElectraForPreTraining", ELECTRA, (9, 4, 6), 9, bert_inputs),
    "electra-discriminator-square": ("ElectraForPreTraining", ELECTRA | SQUARE, (11, 1, 7), 11, bert_inputs),
    "roberta": ("RobertaForMaskedLM", ROBERTA, (9, 4, 6), 9, plain_inputs),
    "roberta-full": ("RobertaForMaskedLM", ROBERTA | dict(hidden_act="relu"), (11, 1, 7), 11, plain_inputs),
    "distilbert": ("DistilBertForMaskedLM", DISTILBERT, (9, 4, 6), 9, plain_inputs),
    "distilbert-full": ("DistilBertForMaskedLM", DISTILBERT | dict(activation="relu"), (11, 1, 7), 11, plain_inputs),
    "xlnet": ("XLNetLMHeadModel", XLNET, (9, 4, 6), 9, xlnet_inputs),
    "xlnet-targets": ("XLNetLMHeadModel", XLNET, (8, 5, 6), 8, target_inputs),
    "xlnet-memory": ("XLNetLMHeadModel", XLNET | dict(mem_len=6, reuse_len=5, clamp_len=3), (7, 4, 6), 7, memory_inputs),
    "bart": ("BartForConditionalGeneration", BART, (9, 4, 6), 9, bart_inputs),
    "bart-scaled": (
        "BartForConditionalGeneration",
        BART | dict(encoder_layers=1, decoder_layers=2, scale_embedding=True, activation_function="relu"),
        (11, 2, 7), 11, source_inputs,
    ),
    "mobilebert": ("MobileBertForPreTraining", MOBILEBERT, (9, 4, 6), 9, bert_inputs),
    "mobilebert-deep": (
        "MobileBertForPreTraining",
        MOBILEBERT | dict(
            hidden_size=11, embedding_size=5, num_attention_heads=3, intra_bottleneck_size=6, num_feedforward_networks=3,
            classifier_activation=False, max_position_embeddings=9,
        ),
        (9, 1, 7), 9, bert_inputs,
    ),
    "mobilebert-teacher": ("MobileBertForPreTraining", MOBILEBERT | IB_BERT, (5, 8, 3), 8, bert_inputs),
    "mobilebert-square": (
        "MobileBertForMaskedLM",
        MOBILEBERT | dict(
            embedding_size=12, hidden_size=12, trigram_input=False, use_bottleneck=False, normalization_type="layer_norm",
        ),
        (7, 4, 6), 7, bert_inputs,
    ),
    "mobilebert-states": (
        "MobileBertForMaskedLM",
        MOBILEBERT | dict(
            trigram_input=False, hidden_size=12, intra_bottleneck_size=12, key_query_shared_bottleneck=False,
        ),
        (5, 8, 3), 8, bert_inputs,
    ),
    "convbert": ("ConvBertForMaskedLM", CONVBERT, (9, 4, 6), 9, bert_inputs),
    "convbert-groups": (
        "ConvBertForMaskedLM",
        CONVBERT | dict(
            embedding_size=12, hidden_size=12, num_attention_heads=6, head_ratio=3, conv_kernel_size=3, num_groups=2,
            hidden_act="relu",
        ),
        (11, 1, 7), 11, bert_inputs,
    ),
    "convbert-wide-kernel": (
        "ConvBertForMaskedLM",
        CONVBERT | dict(hidden_size=10, num_attention_heads=2, head_ratio=4, conv_kernel_size=9),
        (5, 8, 3), 8, bert_inputs,
    ),
    "convbert-body": ("ConvBertModel", CONVBERT, (9, 4, 6), 9, bert_inputs),
    "deberta": ("DebertaForMaskedLM", DEBERTA, (9, 4, 6), 9, plain_inputs),
    "deberta-full": (
        "DebertaForMaskedLM",
        DEBERTA | NEWER | dict(
            pos_att_type=["c2p"], max_relative_positions=3, position_biased_input=True, type_vocab_size=2,
            hidden_act="relu", max_position_embeddings=8,
        ),
        (8, 1, 5), 8, bert_inputs,
    ),
    "deberta-decoder": ("DebertaForMaskedLM", DEBERTA | DECODER, (9, 4, 6), 9, plain_inputs),
    "deberta-v2": ("DebertaV2ForMaskedLM", DEBERTA2, (9, 4, 6), 9, plain_inputs),
    "deberta-v2-conv": (
        "DebertaV2ForMaskedLM",
        DEBERTA | NEWER | dict(
            max_relative_positions=3, share_att_key=False, conv_kernel_size=3, conv_act="tanh", max_position_embeddings=8,
        ),
        (8, 1, 5), 8, plain_inputs,
    ),
    "deberta-v2-p2c": (
        "DebertaV2ForMaskedLM",
        DEBERTA2 | dict(pos_att_type=["p2c"], conv_kernel_size=5, conv_act="gelu"), (8, 5, 3), 8, plain_inputs,
    ),
    "deberta-v2-decoder": ("DebertaV2ForMaskedLM", DEBERTA2 | DECODER, (11, 1, 7), 11, plain_inputs),
    "bigbird": ("BigBirdForPreTraining", BIGBIRD, (30, 17, 25), 30, bert_inputs),
    "bigbird-full": (
        "BigBirdForPreTraining", BIGBIRD | UNUSUAL_BIGBIRD | dict(attention_type="original_full"), (11, 4, 7), 11, bert_inputs,
    ),
    # The longest text that is not read in blocks.
    "bigbird-short": ("BigBirdForPreTraining", BIGBIRD | dict(hidden_act="gelu"), (28, 13, 20), 28, bert_inputs),
    "bigbird-training": ("BigBirdForPreTraining", BIGBIRD | UNUSUAL_BIGBIRD, (32, 17, 26), 32, bert_inputs),
    "bigbird-random": (
        "BigBirdForPreTraining", BIGBIRD | dict(block_size=2, max_position_embeddings=16), (16, 9, 12), 16, bert_inputs,
    ),
}

# The same with labels: their loss, and its gradient at every weight. Smaller, since a gradient is as long as its weight.
TINY = dict(vocab_size=17, hidden_size=6, num_attention_heads=2, intermediate_size=9)
LEARNING = {
    "bert-learning": ("BertForPreTraining", BERT | TINY, (7, 4, 6), 7, labelled(bert_inputs, "next_sentence_label")),
    "albert-learning": (
        "AlbertForPreTraining", ALBERT | TINY | dict(embedding_size=4), (7, 4, 6), 7,
        labelled(bert_inputs, "sentence_order_label"),
    ),
    "electra-generator-learning": ("ElectraForMaskedLM", ELECTRA | TINY, (7, 4, 6), 7, labelled(bert_inputs)),
    "electra-discriminator-learning": ("ElectraForPreTraining", ELECTRA | TINY, (7, 4, 6), 7, judged),
    "xlnet-learning": (
        "XLNetLMHeadModel", XLNET | dict(vocab_size=17, d_model=6, n_head=2, d_inner=9), (7, 4, 6), 7,
        labelled(target_inputs),
    ),
    "roberta-learning": ("RobertaForMaskedLM", ROBERTA | TINY, (7, 4, 6), 7, labelled(plain_inputs)),
    "distilbert-learning": (
        "DistilBertForMaskedLM", DISTILBERT | dict(vocab_size=17, dim=6, n_heads=2, hidden_dim=9), (7, 4, 6), 7,
        labelled(plain_inputs),
    ),
    "deberta-learning": ("DebertaForMaskedLM", DEBERTA | DECODER | SMALL, (7, 4, 6), 7, labelled(plain_inputs)),
    "deberta-v2-learning": (
        "DebertaV2ForMaskedLM", DEBERTA2 | SMALL | dict(conv_kernel_size=3, conv_act="gelu"), (7, 4, 6), 7,
        labelled(plain_inputs),
    ),
    "bigbird-learning": (
        "BigBirdForPreTraining", BIGBIRD | UNUSUAL_BIGBIRD, (32, 17, 26), 32, labelled(bert_inputs, "next_sentence_label"),
    ),
    "bart-learning": (
        "BartForConditionalGeneration",
        BART | dict(
            vocab_size=17, d_model=6, encoder_layers=1, encoder_attention_heads=2, encoder_ffn_dim=9, decoder_ffn_dim=7,
        ),
        (7, 4, 6), 7, labelled(source_inputs),
    ),
    "convbert-learning": ("ConvBertForMaskedLM", CONVBERT | CONVBERT_SMALL, (6, 3, 5), 6, labelled(bert_inputs)),
    "mobilebert-learning": (
        "MobileBertForPreTraining", MOBILEBERT | MOBILEBERT_SMALL, (6, 3, 5), 6,
        labelled(bert_inputs, "next_sentence_label"),
    ),
}

# Of some cases: "training" computes as in training, where no dropout is set; "leaves" are outputs that are not written.
MORE = {
    # BigBird's maps have one of two equal blocks only.
    "bigbird": dict(leaves=["attentions"]),
    "bigbird-short": dict(leaves=["attentions", "hidden_states"]),
    "bigbird-training": dict(training=True, leaves=["attentions", "hidden_states"]),
    "bigbird-learning": dict(training=True),
    "bigbird-random": dict(training=True, leaves=["hidden_states"]),
}


def save_weights(model, path):
    """What save_pretrained would write: every parameter and persistent buffer but the tied ones."""
    state = model.state_dict()
    tied = set(model.all_tied_weights_keys)
    save_file({k: v.contiguous() for k, v in state.items() if k not in tied}, path, metadata={"format": "pt"})


def numbers(value):
    """Nested lists; floats to nine digits, which is every bit of a float32."""
    if isinstance(value, (tuple, list)):
        return [numbers(v) for v in value if v is not None]
    if value.is_floating_point():
        return nested(value.detach().tolist())
    return value.tolist()


def short(values):
    """Six digits, which a limit of 1e-3 does not see."""
    return [float(f"{value:.6g}") for value in values]


def nested(value):
    return [nested(v) for v in value] if isinstance(value, list) else float(f"{value:.9g}")


def gradients_of(model, loss):
    """For io.json: the gradient of a loss by the names of the state dict, flat, with its shape."""
    loss.backward()
    found = {k: p.grad for k, p in model.named_parameters() if p.grad is not None}
    return {k: {"shape": list(g.shape), "values": short(g.flatten().tolist())} for k, g in found.items()}


def make(name, case, noisy):
    class_name, fields, lengths, seq, inputs_of = case
    model_class = getattr(transformers, class_name)
    config = model_class.config_class(**fields)
    torch.manual_seed(7)
    model = model_class._from_config(config, attn_implementation="eager").eval()
    if getattr(config, "enhanced_mask_decoder", False):
        table = torch.nn.Embedding(config.max_position_embeddings, config.hidden_size)
        torch.nn.init.normal_(table.weight, std=config.initializer_range)
        model.deberta.embeddings.position_embeddings = table
    generator = torch.Generator().manual_seed(SEEDS.get(name, 11))
    if noisy:
        noise = next((less for start, less in NOISE_OF.items() if class_name.startswith(start)), NOISE)
        with torch.no_grad():
            tensors = list(model.parameters()) + [b for b in model.buffers() if b.is_floating_point()]
            for tensor in tensors:
                tensor += noise * torch.randn(tensor.shape, generator=generator)
    inputs = inputs_of(config, lengths, seq, torch.Generator().manual_seed(13))
    learns = name in LEARNING
    more = MORE.get(name, {})
    model.train(more.get("training", False))
    with torch.set_grad_enabled(learns):
        result = answers(model, inputs, learns)
    gradients = gradients_of(model, result["loss"]) if learns else {}
    leaves = ["past_key_values", "encoder_last_hidden_state", "last_hidden_state", "pooler_output", *more.get("leaves", [])]
    outputs = {k: v for k, v in result.items() if k not in leaves}
    # States of what the reference itself pads a text with are none of the text's.
    if "hidden_states" in outputs:
        outputs["hidden_states"] = tuple(v[:, :seq] for v in outputs["hidden_states"])

    written = None
    if config.is_encoder_decoder and not learns:
        source = {k: inputs[k] for k in ("input_ids", "attention_mask")}
        with torch.no_grad():
            written = numbers(model.generate(**source, num_beams=1, do_sample=False, max_length=9))

    folder = FOLDER / (name if learns else f"{name}-{'noise' if noisy else 'fresh'}")
    folder.mkdir(parents=True, exist_ok=True)
    small = config.to_diff_dict() | {k: getattr(config, k) for k in fields}
    small.pop("transformers_version", None)
    (folder / "config.json").write_text(json.dumps({"architectures": [class_name], "model_type": config.model_type} | small, indent=2) + "\n")
    save_weights(model, str(folder / "model.safetensors"))
    io = {
        "made": MADE,
        "class": class_name,
        "inputs": {k: numbers(v) for k, v in inputs.items()},
        "outputs": {k: numbers(v) for k, v in outputs.items()},
    } | ({"written": written} if written else {}) | ({"gradients": gradients} if learns else {})
    if more.get("training"):
        io["training"] = True
    (folder / "io.json").write_text(json.dumps(io, separators=(",", ":")) + "\n")
    size = sum(p.stat().st_size for p in folder.iterdir()) // 1000
    print(f"{folder.name}: {', '.join(outputs)}; {size} kB")


def bigbird_draws():
    """BigBird's random blocks in training as the reference draws them: [head][row][random], with what fixes them."""
    module = transformers.models.big_bird.modeling_big_bird
    tables = []
    for seq, block, random, heads, places, layer in (
        (64, 4, 1, 2, 64, 0), (64, 4, 1, 2, 64, 1), (60, 4, 2, 3, 64, 2), (160, 16, 1, 4, 160, 1),
        (1024, 64, 3, 2, 4096, 1), (1024, 16, 1, 1, 1024, 0), (3072, 64, 3, 1, 4096, 0),
    ):
        config = transformers.BigBirdConfig(
            hidden_size=heads, num_attention_heads=heads, block_size=block, num_random_blocks=random,
            max_position_embeddings=places,
        )
        attention = module.BigBirdBlockSparseAttention(config, seed=layer).train()
        np.random.seed(layer)
        if seq in (1024, 3072, 4096):
            drawn = [
                attention._bigbird_block_rand_mask(places, places, block, block, random, last_idx=1024)[: seq // block - 2]
                for _ in range(heads)
            ]
        else:
            plan = attention._get_rand_attn_plan(seq, block, random)
            drawn = attention._bigbird_block_rand_mask_with_head(seq, seq, block, block, heads, *plan)
        choice = dict(blocks=seq // block, blockSize=block, randomBlocks=random, heads=heads, maxLength=places)
        tables.append({"choice": choice, "layer": layer, "drawn": [head.tolist() for head in drawn]})
    made = f"{MADE}, numpy {np.__version__}"
    (FOLDER / "bigbird-draws.json").write_text(json.dumps({"made": made, "tables": tables}, separators=(",", ":")) + "\n")
    print("bigbird-draws")


if __name__ == "__main__":
    if len(sys.argv) == 1 or "bigbird-draws" in sys.argv[1:]:
        bigbird_draws()
    for name, case in (CASES | LEARNING).items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        if name in CASES:
            make(name, case, False)
        make(name, case, True)
