"""Goes on training an exported model: the same objective, the same data pipeline, on as many devices as there are.

    pip install -r requirements.txt
    accelerate launch train.py                # what is left of the run; of a finished one its last phase once more
    accelerate launch train.py --steps 5000   # the schedule of its last phase, stretched to so many updates

Everything is read from the folder this file lies in, and nothing is fetched: `run.json` says how the run was made, in
the words of the site, `text.txt` holds its documents (a sentence a line, a blank line between documents), the rest is
the model and its tokenizer. The trained model and its tokenizer are written to `trained/`.

Every example follows from the seed, its step and its row, so that any number of devices shares out the same batches.
The draws follow the laws of the site, not its stream of random numbers, and the running means of the optimizer begin
anew: the run goes on as it would have, but not with the very same numbers. What a published code does otherwise than
its paper says (`mode: reference`) is refused. A model that had a teacher goes on without it.
"""

import argparse
import inspect
import json
import math
import os
import random
import re
import sys
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F
from transformers import AutoConfig, AutoTokenizer, Trainer, TrainingArguments
from transformers.activations import get_activation
from transformers.modeling_outputs import TokenClassifierOutput

IGNORE = -100
HERE = Path(__file__).resolve().parent


def refuse(sentence):
    sys.exit(f"train.py: {sentence}")


# The text ------------------------------------------------------------------------------------------------------------


class Text:
    """Documents of sentences of ids, and what the ids mean."""

    def __init__(self, run, tokenizer):
        source = (HERE / "text.txt").read_bytes().decode("utf-8").removesuffix("\n")
        lines = [document.split("\n") for document in source.split("\n\n")]
        ids = iter(tokenizer([line for document in lines for line in document], add_special_tokens=False)["input_ids"])
        documents = [[next(ids) for _ in document] for document in lines]
        held = run["text"]["heldOut"]
        is_held = [i % held["every"] == held["from"] for i in range(len(documents))]
        self.train = [one for one, out in zip(documents, is_held) if not out][: run["text"]["documents"] or None]
        self.held_out = [one for one, out in zip(documents, is_held) if out]
        self.pad, self.unknown, self.start, self.end, self.mask = (
            getattr(tokenizer, f"{name}_token_id") for name in ("pad", "unk", "cls", "sep", "mask")
        )
        self.special = {self.pad, self.unknown, self.start, self.end, self.mask}
        self.ordinary = [id for id in range(len(tokenizer)) if id not in self.special]
        # Ids that continue a word, that carry content, that end a sentence, and that close a quotation.
        self.continues, self.content, self.stops, self.closings = (
            set(run["vocabulary"][name]) for name in ("continues", "content", "stops", "closings")
        )

    def words(self, ids, whole=True):
        """Runs of places that hold one word each, special tokens left out; every place by itself unless `whole`."""
        found = []
        for place, id in enumerate(ids):
            if id in self.special:
                continue
            if whole and found and found[-1][-1] == place - 1 and id in self.continues:
                found[-1].append(place)
            else:
                found.append([place])
        return found


# Which text goes together --------------------------------------------------------------------------------------------


def room(options, runs):
    """Tokens of text that a row has room for beside its special tokens."""
    return options["maxLength"] - (0 if options["frame"] == "none" else 1 + runs)


def size(sentences):
    return sum(map(len, sentences))


def flat(sentences):
    return [id for sentence in sentences for id in sentence]


def reach(document, first, target):
    """Where a run of sentences ends that begins with `first` and reaches `target` tokens, if it can: one past it."""
    end = first + 1
    while size(document[first:end]) < target and end < len(document):
        end += 1
    return end


class Places:
    """Documents to be drawn in proportion to the places that each offers."""

    def __init__(self, counts):
        self.counts, self.ends = counts, list(accumulate(counts))

    def draw(self, rng):
        return bisect_right(self.ends, rng.randrange(self.ends[-1]))


class Contiguous:
    """Consecutive sentences of one document; those with too many tokens are cut into several rows."""

    def __init__(self, documents, options):
        self.windows = [self.cut(document, options) for document in documents]
        weights = [max(len(w), len(d)) if options["anywhere"] else len(w) for w, d in zip(self.windows, documents)]
        self.places = Places(weights)

    def cut(self, document, options):
        space, count, first, windows = room(options, 1), options["sentences"], 0, []
        last_start = max(1, len(document) - count + 1) if options["anywhere"] and count else len(document)
        while first < last_start:
            end = first + 1
            if count:
                end = min(first + count, len(document))
            else:
                while end < len(document) and size(document[first : end + 1]) <= space:
                    end += 1
            run = flat(document[first:end])
            windows += [run[i : i + space] for i in range(0, len(run), space)]
            first = first + 1 if options["anywhere"] else end
        return windows

    def draw(self, rng, row, rows, turn):
        return {"a": rng.choice(self.windows[self.places.draw(rng)])}


class Packed:
    """Whole sentences in the order of the text until a row is full; a separator where documents meet."""

    def __init__(self, documents, options):
        space, mark = room(options, 1), options["frame"] != "none"
        self.rows, row, breaks, last = [], [], [], None
        for number, document in enumerate(documents):
            for piece in (s[i : i + space] for s in document for i in range(0, len(s), space)):
                meets = mark and row and last != number
                if row and len(row) + len(breaks) + bool(meets) + len(piece) > space:
                    self.rows.append({"a": row, "breaks": breaks})
                    row, breaks, meets = [], [], False
                breaks, row, last = breaks + [len(row)] * bool(meets), row + piece, number
            if options["format"] == "document" and row:
                self.rows.append({"a": row, "breaks": breaks})
                row, breaks = [], []
        if row:
            self.rows.append({"a": row, "breaks": breaks})

    def draw(self, rng, row, rows, turn):
        return rng.choice(self.rows)


class Following:
    """Each row goes on where it stopped in the step before, in a share of the text of its own."""

    def __init__(self, documents, options):
        self.stream, self.space = flat(flat(documents)), room(options, 1)
        self.bare = options["frame"] == "none"

    def draw(self, rng, row, rows, turn):
        first, end = (k * len(self.stream) // rows for k in (row, row + 1))
        start = first + turn % math.ceil((end - first) / self.space) * self.space
        end = min(start + self.space, end)
        # Only where nothing frames a row does it know what is read next.
        return {"a": self.stream[start:end], "next": self.stream[end % len(self.stream)] if self.bare else None}


class Pairs:
    """Two segments and a question: does the second follow the first (nsp), or are they in their order (sop)?"""

    def __init__(self, documents, options):
        self.documents, self.options, self.room = documents, options, room(options, 2)
        per = options["sentencesPerSegment"]
        starts = [0 if len(d) < 2 else max(1, len(d) - max(2, 2 * per) + 1) for d in documents]
        self.places = Places(starts)

    def draw(self, rng, row, rows, turn):
        per, number, target = self.options["sentencesPerSegment"], self.places.draw(rng), self.room
        document = self.documents[number]
        if per == 0 and rng.random() < self.options["shortRate"]:
            target = rng.randint(2, self.room)
        first = rng.randrange(self.places.counts[number])
        if per:
            end = min(first + 2 * per, len(document))
            cut = min(per, max(1, (end - first) // 2))
        else:
            end = max(first + 2, reach(document, first, target))
            cut = rng.randint(1, end - first - 1)
        a, b = flat(document[first : first + cut]), flat(document[first + cut : end])
        label = int(rng.random() < 0.5)
        if label:
            a, b = self.other(rng, number, a, b, target)
        while len(a) + len(b) > self.room:
            run = a if len(a) > len(b) else b
            run.pop(0 if rng.random() < 0.5 else -1)
        return {"a": a, "b": b, "label": label}


class NextSentence(Pairs):
    def other(self, rng, number, a, b, target):
        elsewhere = number
        while elsewhere == number:
            elsewhere = rng.randrange(len(self.documents))
        document, per = self.documents[elsewhere], self.options["sentencesPerSegment"]
        first = rng.randrange(max(1, len(document) - max(1, per) + 1))
        end = min(first + per, len(document)) if per else reach(document, first, target - len(a))
        return a, flat(document[first:end])


class SentenceOrder(Pairs):
    def other(self, rng, number, a, b, target):
        return b, a


PAIRINGS = {
    "contiguous": Contiguous,
    "packed": Packed,
    "following": Following,
    "nsp": NextSentence,
    "sop": SentenceOrder,
}


def pack(passage, text, frame):
    """[CLS] a [SEP] b [SEP], with separators within a where documents meet; or the tokens alone."""
    a, b = passage["a"], passage.get("b", [])
    if frame == "none":
        return a + b, [0] * len(a + b)
    ends = [0, *passage.get("breaks", []), len(a)]
    left = [text.start] + [id for i, j in zip(ends, ends[1:]) for id in [*a[i:j], text.end]]
    right = [*b, text.end] if b else []
    return left + right, [0] * len(left) + [1] * len(right)


# What is hidden ------------------------------------------------------------------------------------------------------


def harmonic(longest):
    """Lengths 1 … n and their weights 1/n, as `rng.choices` takes them."""
    return range(1, longest + 1), [1 / n for n in range(1, longest + 1)]


def run_of(units, k, count):
    """The places of `count` units from number `k` on, as far as they stand side by side."""
    run = list(units[k])
    for unit in units[k + 1 : k + count]:
        if unit[0] != run[-1] + 1:
            break
        run += unit
    return run


def mlm(ids, o, text, rng):
    """Masked tokens: some places are asked for, most of them are shown as [MASK]."""
    if o["copies"]:
        rng = random.Random(f"stored mask {rng.randrange(o['copies'])} of {ids}")
    n, units, shown = len(ids), text.words(ids, o["wholeWords"]), list(ids)
    labels = [IGNORE] * n
    cap = o["cap"] or n

    def show(place):
        labels[place], keep = ids[place], 1 - o["maskShare"] - o["randomShare"]
        if rng.random() < o["maskShare"]:
            shown[place] = text.mask
        elif rng.random() * (keep + o["randomShare"]) >= keep:
            shown[place] = rng.choice([id for id in text.ordinary if id != ids[place]])

    def walk(units, budget, weigh, longest=1):
        """Units in random order until the budget is taken; of several words at once, lengths n as 1/n."""
        taken, spent, lengths = set(), 0, harmonic(longest)
        while spent < budget:
            fitting = [k for k, u in enumerate(units) if spent + weigh(u) <= budget and taken.isdisjoint(u)]
            if not fitting:
                return
            k, words = rng.choice(fitting), rng.choices(*lengths)[0]
            run = next(r for w in range(words, 0, -1) if spent + weigh(r := run_of(units, k, w)) <= budget)
            if taken.isdisjoint(run):
                taken.update(run)
                spent += weigh(run)
                for place in run:
                    show(place)

    def coins(units, rate, most):
        """A coin for each unit."""
        budget = min(most, sum(rng.random() < rate for _ in units))
        walk(units, budget, lambda unit: 1)
        return budget

    coin = max(o["contentRate"], o["functionRate"]) if o["count"] == "content" else o["rate"]
    slots = n if o["wholeWords"] else max(1, min(math.ceil(coin * n + 5 * math.sqrt(coin * (1 - coin) * n)), n, cap))
    if o["count"] == "fixed":
        walk(units, min(cap, max(1, round(o["rate"] * n))), len, o["ngram"])
    elif o["count"] == "rounded":
        walk(units, min(cap, n, math.floor(o["rate"] * n + rng.random())), len, o["ngram"])
    elif o["count"] == "independent":
        coins(units, o["rate"], slots)
    else:
        is_content = [ids[unit[0]] in text.content for unit in units]
        drawn = coins([u for u, yes in zip(units, is_content) if yes], o["contentRate"], slots)
        coins([u for u, yes in zip(units, is_content) if not yes], o["functionRate"], slots - drawn)
    return {"input_ids": shown, "labels": labels}


def plm(ids, o, text, rng):
    """Permuted order: the targets one after another, each from the context and the targets before it."""
    words = text.words(ids)
    places = flat(words)
    goal = min(len(places), max(1, round(o["share"] * len(ids))))
    if o["order"] == "identity":
        targets = places
    elif o["order"] == "random":
        targets = rng.sample(places, goal)
    else:
        marked, at = [], 0
        while at < len(words) and len(marked) < goal:
            length = rng.choices(*harmonic(o["maxSpan"]))[0]
            context = max(1, length * o["maskAlpha"] // o["maskBeta"])
            span = []
            first = at + rng.randrange(context)
            for word in words[first : first + length]:
                if (span and word[0] != span[-1] + 1) or len(span) + len(word) > goal - len(marked):
                    break
                span += word
            marked += span
            at += context + length
        while len(marked) < goal:
            fitting = [w for w in words if len(w) <= goal - len(marked) and w[0] not in marked]
            if not fitting:
                break
            marked += rng.choice(fitting)
        targets = rng.sample(marked, len(marked))
    rank = {place: k for k, place in enumerate(targets)}
    order = range(len(ids))
    hidden = [[int(j in rank and rank.get(i, -1) <= rank[j]) for j in order] for i in order]
    labels = [id if place in rank else IGNORE for place, id in enumerate(ids)]
    return {"input_ids": list(ids), "labels": labels, "perm_mask": hidden}


def rtd(ids, o, text, rng):
    """Replaced tokens: the generator fills in the drawn places, shown as [MASK]; the rest is done in forward."""
    open_places = [place for place, id in enumerate(ids) if id not in text.special]
    wanted = max(1, min(round(o["rate"] * len(ids)), o["cap"] or len(ids)))
    drawn = set(rng.sample(open_places, min(len(open_places), wanted)))
    shown = [text.mask if place in drawn else id for place, id in enumerate(ids)]
    labels = [id if place in drawn else IGNORE for place, id in enumerate(ids)]
    return {"input_ids": shown, "labels": labels}


def causal(ids, o, text, rng, behind=None):
    """Left to right: every place says the token behind it, special ones aside; the last one that `behind` the row."""
    following = [*ids[1:], IGNORE if behind is None else behind]
    return {"input_ids": list(ids), "labels": [IGNORE if id in text.special else id for id in following]}


def sentences(ids, text):
    """Sentences between the first and the last token, as (start, end)."""
    found, start, over = [], 1, False
    for i in range(1, len(ids) - 1):
        cuts = ids[i] in text.special and ids[i] != text.unknown
        if cuts or (over and ids[i] not in text.stops and ids[i] not in text.closings):
            found.append((start, i))
            start, over = i + cuts, False
        over = over or ids[i] in text.stops
    return [(a, b) for a, b in [*found, (start, len(ids) - 1)] if b > a]


def denoise(ids, o, text, rng):
    """Denoising: sentences move, words are masked, deleted, hidden in spans, tokens come in, the text is rotated."""

    def substitute():
        return text.mask if rng.random() >= o["randomShare"] else rng.choice(text.ordinary)

    def part(rate, count):
        return min(count, math.ceil(rate * count - 1e-6))

    def put(items, count):
        count = min(count, len(items) + count - 2)
        for at in sorted(rng.sample(range(1, len(items) + count - 1), count)):
            items.insert(min(at, len(items) - 1), substitute())

    items = list(ids)
    if o["permuteShare"]:
        spans = sentences(ids, text)
        moving = sorted(rng.sample(range(len(spans)), part(o["permuteShare"], len(spans))))
        sent = dict(zip(moving, rng.sample(moving, len(moving))))
        ends = [1, *(b for _, b in spans)]
        items = list(ids[:1])
        for k, (a, b) in enumerate(spans):
            c, d = spans[sent.get(k, k)]
            items += [*ids[ends[k] : a], *ids[c:d]]
        items += ids[ends[-1] :]
    if o["maskRate"]:
        words = text.words(items)
        for word in rng.sample(words, part(o["maskRate"], len(words))):
            for place in word:
                items[place] = substitute()
    if o["deleteRate"]:
        # A masked place is no word any more.
        words = text.words(items)
        gone = set(flat(rng.sample(words, part(o["deleteRate"], len(words)))))
        items = [id for place, id in enumerate(items) if place not in gone]
    if o["infillRate"]:
        spans, empty = hide_spans(items, o, text, rng, part)
        heads, tails = {span[0] for span in spans}, {place for span in spans for place in span[1:]}
        items = [substitute() if at in heads else id for at, id in enumerate(items) if at not in tails]
        put(items, min(empty, max(0, len(ids) - len(items))))
    put(items, math.ceil(len(items) * o["insertRate"] - 1e-6))
    if rng.random() < o["rotateRate"] and len(items) > 2:
        offset = rng.randint(1, len(items) - 2)
        items = [items[0], *items[offset:-1], *items[1:offset], items[-1]]
    return {"input_ids": items, "labels": list(ids), "decoder_input_ids": [ids[-1], *ids[:-1]]}


def hide_spans(items, o, text, rng, part):
    """Runs of words as their places, none over another, and how many lengths were 0."""
    words = text.words(items)
    if o["spans"] == "sentence":
        found = []
        for start, end in sentences(items, text):
            own = [word for word in words if start <= word[0] < end]
            if own:
                used = rng.randint(1, min(5, len(own)))
                first = rng.randrange(len(own) - used + 1)
                found.append(flat(own[first : first + used]))
        return found, 0
    weights = [math.exp(-o["lambda"])]
    while weights[-1] >= 1e-7 or len(weights) - 1 <= o["lambda"]:
        weights.append(weights[-1] * o["lambda"] / len(weights))
    left, lengths = part(o["infillRate"], len(words)), []
    while left > 0:
        lengths.append(min(left, rng.choices(range(len(weights)), weights)[0]))
        left -= lengths[-1]
    kept = [length for length in lengths if length]
    for attempt in range(51):
        places = []
        for used in kept:
            free = [f for f in range(len(words) - used + 1) if all(f + used <= g or g + n <= f for g, n in places)]
            if not free:
                break
            # After fifty vain tries they are packed from the left.
            places.append((rng.choice(free) if attempt < 50 else sum(n for _, n in places), used))
        if len(places) == len(kept):
            break
    return [flat(words[first : first + used]) for first, used in places], len(lengths) - len(kept)


NOISINGS = {"mlm": mlm, "plm": plm, "rtd": rtd, "causal": causal, "denoise": denoise}


# Examples and batches ------------------------------------------------------------------------------------------------


class Examples(torch.utils.data.Dataset):
    """The examples of steps `first` + 1 … `first` + `steps`, `rows` a step, drawn when they are asked for."""

    def __init__(self, run, text, plan, rows, documents, judged=False, repeat=False):
        self.run, self.text, self.plan, self.rows, self.repeat, self.judged = run, text, plan, rows, repeat, judged
        self.frame = run["frame"]
        recipe = run["recipe"]
        self.pairing = PAIRINGS[recipe["pairing"]](documents, {**recipe["pairingOptions"], "frame": self.frame})
        self.noising = NOISINGS[recipe["noising"]]

    def __len__(self):
        return self.rows * self.plan.steps

    def __getitem__(self, i):
        row, turn = i % self.rows, 0 if self.repeat else i // self.rows
        turn += 0 if self.judged else self.plan.first
        phase, earlier = (self.run["judged"], None) if self.judged else self.plan.phase(turn + 1)
        practised = round(phase.get("practice", 0) * self.rows) if earlier else 0
        drawn = earlier if row >= self.rows - practised else phase
        asks_pair = "pairing" not in drawn["without"]
        rng = random.Random(f"{'held out' if self.judged else self.run['seed']} step {turn + 1} row {row}")
        passage = self.pairing.draw(rng, row, self.rows, turn)
        for _ in range(63):
            # Where nothing is asked about a pair, only true ones are shown.
            if asks_pair or not passage.get("label"):
                break
            passage = self.pairing.draw(rng, row, self.rows, turn)
        ids, segments = pack(passage, self.text, self.frame)
        goes_on = {"behind": passage["next"]} if passage.get("next") is not None and self.noising is causal else {}
        example = self.noising(ids, drawn["noisingOptions"], self.text, rng, **goes_on)
        if "noising" in phase["without"]:
            example["labels"] = [IGNORE] * len(example["labels"])
        label = passage.get("label") if asks_pair and "pairing" not in phase["without"] else None
        return {**example, "ids": ids, "segments": segments, "pair": IGNORE if label is None else label}

    def collate(self, examples):
        """Rows of one length; what is padded is hidden and bears no loss."""
        most = self.run["recipe"]["pairingOptions"]["maxLength"]

        def rows(name, empty):
            cut = [e[name] if len(e[name]) <= most else e[name][: most - 1] + e[name][-1:] for e in examples]
            width = max(map(len, cut))
            return torch.tensor([row + [empty] * (width - len(row)) for row in cut])

        ids = rows("input_ids", self.text.pad)
        real = torch.tensor([[int(k < len(e["input_ids"])) for k in range(ids.shape[1])] for e in examples])
        batch = {"input_ids": ids, "attention_mask": real, "labels": rows("labels", IGNORE)}
        batch["pair_labels"] = torch.tensor([e["pair"] for e in examples])
        if "decoder_input_ids" in examples[0]:
            batch["decoder_input_ids"] = rows("decoder_input_ids", self.text.pad)
            written = [len(e["decoder_input_ids"]) for e in examples]
            batch["decoder_attention_mask"] = torch.tensor([[int(k < n) for k in range(max(written))] for n in written])
        else:
            batch["token_type_ids"] = rows("segments", 0)
        if self.run["recipe"]["asks"] == "originality":
            batch["original_ids"] = rows("ids", self.text.pad)
        if "perm_mask" in examples[0]:
            width = ids.shape[1]
            batch["perm_mask"] = torch.ones(len(examples), width, width)
            for k, e in enumerate(examples):
                batch["perm_mask"][k, : len(e["ids"]), : len(e["ids"])] = torch.tensor(e["perm_mask"]).float()
            targets = [[p for p, label in enumerate(e["labels"]) if label != IGNORE] for e in examples]
            slots = max(map(len, targets))
            batch["target_mapping"] = torch.zeros(len(examples), slots, width)
            batch["labels"] = torch.full((len(examples), slots), IGNORE)
            for k, (e, places) in enumerate(zip(examples, targets)):
                for slot, place in enumerate(places):
                    batch["target_mapping"][k, slot, place] = float(0 in e["perm_mask"][place])
                    batch["labels"][k, slot] = e["labels"][place]
        return {"batch": batch}


class Plan:
    """Which updates are made, and how: the phases of the run, from update `first` + 1 on."""

    def __init__(self, run, steps):
        self.phases = [dict(phase) for phase in run["phases"]]
        total = sum(phase["steps"] for phase in self.phases)
        last = self.phases[-1]
        if steps is None and run["step"] < total:
            self.first, self.steps = run["step"], total - run["step"]
        else:
            self.first, self.steps = total - last["steps"], steps or last["steps"]
            last["steps"] = self.steps

    def at(self, step):
        before, k = 0, 0
        while k < len(self.phases) - 1 and step > before + self.phases[k]["steps"]:
            before += self.phases[k]["steps"]
            k += 1
        return k, step - before

    def phase(self, step):
        k, _ = self.at(step)
        return self.phases[k], self.phases[k - 1] if k else None

    def share(self, step):
        """The share of the highest rate: linear warm-up, a plateau, linear decay to 0."""
        k, done = self.at(step)
        steps, schedule = self.phases[k]["steps"], self.phases[k]["schedule"]
        rise = min(1, done / schedule["warmup"]) if schedule["warmup"] else 1
        start = schedule["decayFrom"] * steps
        fall = max(0, (steps - done) / (steps - start)) if schedule["decayFrom"] < 1 and done > start else 1
        return min(rise, fall)

    def peak(self, step):
        return self.phases[self.at(step)[0]]["schedule"]["learningRate"]


# The model and its losses --------------------------------------------------------------------------------------------


class Judge(nn.Module):
    """A discriminator whose head no class of transformers has: its body, and of each token how likely it was replaced.

    Dense layer, activation, one number (ELECTRA, Clark et al. 2020, §3.1). Its file holds both under these names.
    """

    def __init__(self, body):
        super().__init__()
        self.config, self.prefix = body.config, body.base_model_prefix
        self.add_module(self.prefix, body)
        width = self.config.hidden_size
        head = {"dense": nn.Linear(width, width), "dense_prediction": nn.Linear(width, 1)}
        self.discriminator_predictions = nn.ModuleDict(head)
        self.activation = get_activation(self.config.hidden_act)

    def read_head(self, folder):
        state = load_file(folder / "model.safetensors")
        self.load_state_dict({n: v for n, v in state.items() if n.startswith("discriminator_predictions.")}, strict=False)
        return self

    def tie_weights(self):
        getattr(self, self.prefix).tie_weights()

    def forward(self, input_ids, attention_mask, token_type_ids):
        body, head = getattr(self, self.prefix), self.discriminator_predictions
        states = body(input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state
        logits = head["dense_prediction"](self.activation(head["dense"](states))).squeeze(-1)
        return TokenClassifierOutput(logits=logits)

    def save_pretrained(self, folder):
        self.config.save_pretrained(folder)
        state = {name: value.contiguous() for name, value in self.state_dict().items()}
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def no_memory(model, rows):
    """What Transformer-XL remembers before its first step, where the reference would look at zeros: nothing."""
    nothing = torch.empty(0, rows, model.config.d_model, device=model.device)
    return [nothing] * model.config.n_layer


def let_type_as_take_a_type():
    """The last releases with Transformer-XL call `type_as` with a type, which no torch knows."""
    cast = torch.Tensor.type_as
    torch.Tensor.type_as = lambda self, other=None, *, dtype=None: cast(self, other) if dtype is None else self.to(dtype)


def is_body(name):
    return not re.search(r"For|Head", name)


def load(folder, name, still):
    """One part as the class that the export names; `still`: without dropout."""
    config = AutoConfig.from_pretrained(folder)
    for key, value in list(vars(config).items()):
        if still and "drop" in key and isinstance(value, float):
            setattr(config, key, 0.0)
    if name.startswith("TransfoXL"):
        let_type_as_take_a_type()
    model = getattr(transformers, name).from_pretrained(folder, config=config)
    return Judge(model).read_head(folder) if is_body(name) else model


class Objective(nn.Module):
    """All parts of a model and what they are asked; a batch gives the training loss and its parts."""

    def __init__(self, run, still):
        super().__init__()
        self.run, self.still, self.memory = run, still, None
        loaded = {name: load(HERE / part["folder"], part["class"], still) for name, part in run["parts"].items()}
        self.parts = nn.ModuleDict(loaded)
        for name, source in run["copies"].items():
            owner, _, leaf = name.rpartition(".")
            setattr(self.parts.get_submodule(owner), leaf, self.parts.get_parameter(source))
        for part in self.parts.values():
            part.tie_weights()

    def train(self, mode=True):
        if mode != self.training:
            self.memory = None
        return super().train(mode)

    def read(self, part, batch):
        """What a part makes of a batch, of which it gets what its forward knows."""
        model = self.parts[part]
        known = inspect.signature(model.forward).parameters
        inputs = {name: value for name, value in batch.items() if name in known and "labels" not in name}
        if getattr(model.config, "type_vocab_size", 2) == 1:
            inputs.pop("token_type_ids", None)
        if self.run["hidesLater"]:
            real = batch["attention_mask"].bool()
            left = torch.ones(real.shape[1], real.shape[1], dtype=torch.bool, device=real.device).tril()
            inputs["attention_mask"] = left[None, None] & real[:, None, None, :]
        if self.run["remembers"]:
            begins = self.memory is None and "use_mems" not in known
            inputs["mems"] = no_memory(model, len(batch["input_ids"])) if begins else self.memory
            if "use_mems" in known:
                inputs["use_mems"] = True
        output = model(**inputs)
        if self.run["remembers"]:
            self.memory = [one.detach() for one in output.mems]
        return output

    def replaced(self, batch):
        """The generator's samples in the place of what it filled in; of every token, whether it is another one."""
        guesses = self.read("generator", batch).logits
        asked = batch["labels"] != IGNORE
        with torch.no_grad():
            if self.still:
                torch.manual_seed(0)
            corrupted = batch["original_ids"].clone()
            corrupted[asked] = torch.multinomial(guesses[asked].float().softmax(-1), 1).squeeze(-1)
        verdicts = self.read("discriminator", {**batch, "input_ids": corrupted}).logits
        truth = (corrupted != batch["original_ids"]).float()
        weights = asked if self.training and not self.run["judgesAll"] else batch["attention_mask"]
        return {"generator.logits": guesses, "discriminator.logits": verdicts}, truth, weights.float()

    def forward(self, batch):
        truth = weights = None
        if self.run["recipe"]["asks"] == "originality":
            outputs, truth, weights = self.replaced(batch)
        else:
            outputs = self.read(next(iter(self.parts)), batch)
        losses, asked = {}, {}
        for name, question in self.run["questions"].items():
            logits = outputs[question["logits"]]
            if question["per"] == "token":
                each = F.binary_cross_entropy_with_logits(logits.view_as(truth), truth, reduction="none")
                counted = weights
            else:
                labels = batch["pair_labels" if question["per"] == "row" else "labels"].flatten()
                each = F.cross_entropy(logits.reshape(len(labels), -1), labels, ignore_index=IGNORE, reduction="none")
                counted = (labels != IGNORE).float()
            asked[name] = counted.sum()
            losses[name] = (each * counted).sum() / asked[name].clamp(min=1)
        loss = sum(self.run["questions"][name]["weight"] * loss for name, loss in losses.items())
        return {"loss": loss, "losses": losses, "asked": asked}

    def save(self, folder, tokenizer):
        for name, part in self.parts.items():
            target = folder / self.run["parts"][name]["folder"]
            part.save_pretrained(target)
            tokenizer.save_pretrained(target)


# Training ------------------------------------------------------------------------------------------------------------


class Both(torch.optim.Optimizer):
    """AdamW, and Muon for the matrices, under one schedule.

    Muon moves a weight of three axes as first axis × rest. PyTorch's works in bfloat16 where the site has 32 bits.
    """

    def __init__(self, adam, matrices, **settings):
        self.matrices = matrices
        self.views = [nn.Parameter(p.detach().reshape(p.shape[0], -1)) for p in matrices]
        muon = torch.optim.Muon([{"params": self.views, "is_muon": True}], **settings) if matrices else None
        self.two = [one for one in (adam, muon) if one]
        super().__init__([group for one in self.two for group in one.param_groups], {})

    def zero_grad(self, set_to_none=True):
        self.two[0].zero_grad(set_to_none)
        for p in self.matrices:
            p.grad = None

    @torch.no_grad()
    def step(self, closure=None):
        for p, view in zip(self.matrices, self.views):
            view.grad = None if p.grad is None else p.grad.reshape(view.shape)
        for one in self.two:
            one.step()

    def state_dict(self):
        return {"two": [one.state_dict() for one in self.two]}

    def load_state_dict(self, state):
        for one, own in zip(self.two, state["two"]):
            one.load_state_dict(own)
        self.param_groups = [group for one in self.two for group in one.param_groups]


class Going(Trainer):
    """Hugging Face's Trainer with the optimizer, the schedule and the order of batches of the run."""

    def __init__(self, plan, run, constant, **given):
        super().__init__(**given)
        self.plan, self.run, self.constant, self.seen = plan, run, constant, []

    def create_optimizer(self, *_):
        training, muon = self.run["training"], set(self.run["muon"])
        # Named as in run.json: `model.bert.pooler.dense.weight`; a tied weight is named once.
        named = list(self.model.parts.named_parameters())
        rest = [(name, p) for name, p in named if name not in muon]
        decays = {name for name, p in rest if p.ndim > 1 and not name.endswith("bias")}
        groups = [
            {"params": [p for name, p in rest if name in decays], "weight_decay": training["weightDecay"]},
            {"params": [p for name, p in rest if name not in decays], "weight_decay": 0.0},
        ]
        adam = torch.optim.AdamW(groups, lr=1.0, betas=tuple(training["betas"]), eps=training["epsilon"])
        matrices = [p for name, p in named if name in muon]
        settings = {"lr": 1.0, "momentum": training["momentum"], "weight_decay": training["weightDecay"]}
        self.optimizer = Both(adam, matrices, **settings)
        return self.optimizer

    def create_scheduler(self, num_training_steps, optimizer=None):
        def rate(is_muon):
            def at(done):
                step = self.plan.first + done + 1
                high = self.run["training"]["muonRate"] if is_muon else self.plan.peak(step)
                return high if self.constant else high * self.plan.share(step)

            return at

        # The groups begin with a rate of 1, so that the factors are the rates themselves.
        rates = [rate(group.get("is_muon", False)) for group in self.optimizer.param_groups]
        self.lr_scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, rates)
        return self.lr_scheduler

    def _get_train_sampler(self, *_):
        return torch.utils.data.SequentialSampler(self.train_dataset)

    def prediction_step(self, model, inputs, *_, **__):
        with torch.no_grad():
            output = model(**self._prepare_inputs(inputs))
        self.seen.append({name: (float(loss), float(output["asked"][name])) for name, loss in output["losses"].items()})
        return output["loss"], None, None

    def judge(self):
        """Mean losses of the answers on held-out documents: of a device's share of them, where there are several."""
        self.seen = []
        self.evaluate()
        return {
            name: sum(one[name][0] * one[name][1] for one in self.seen) / max(1, sum(one[name][1] for one in self.seen))
            for name in self.seen[0]
        }


def check(run):
    recipe = run["recipe"]
    for kind, known in (("pairing", PAIRINGS), ("noising", NOISINGS)):
        if recipe[kind] not in known:
            refuse(f"the {kind} {recipe[kind]!r} is not known here; known are {', '.join(known)}.")
        if recipe[f"{kind}Options"].get("mode") == "reference":
            refuse(f"the {kind} {recipe[kind]!r} follows its published code (mode: reference): only the site does so.")
    for part in run["parts"].values():
        if not hasattr(transformers, part["class"]):
            refuse(
                f"transformers {transformers.__version__} has no class {part['class']}; "
                "requirements.txt names a release that has it."
            )
        if is_body(part["class"]) and recipe["asks"] != "originality":
            refuse(f"transformers has no class for the head of {part['class']}, so only the site trains it on this.")
    for phase in run["phases"]:
        if phase["noisingOptions"].get("mode") == "reference":
            refuse("a phase follows a published code (mode: reference): only the site does so.")
        if phase.get("trainable"):
            refuse("a phase moved only some of the weights: only the site does so.")


def main():
    flags = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    flags.add_argument("--steps", type=int, help="updates; absent: what is left, or the last phase anew")
    flags.add_argument("--batch", type=int, help="rows a step, of all devices together; absent: as in the run")
    flags.add_argument("--workers", type=int, default=0, help="processes that draw examples, on each device")
    flags.add_argument("--cpu", action="store_true", help="without an accelerator")
    flags.add_argument("--repeat", action="store_true", help="a check: one batch again and again, no dropout, one rate")
    flags.add_argument("--examples", type=int, help="print so many examples as JSON, and train nothing")
    flags.add_argument("--out", type=Path, default=HERE / "trained", help="the folder to write")
    given = flags.parse_args()
    run = json.loads((HERE / "run.json").read_text("utf-8"))
    check(run)
    tokenizer = AutoTokenizer.from_pretrained(HERE / next(iter(run["parts"].values()))["folder"])
    text = Text(run, tokenizer)
    plan = Plan(run, given.steps)
    devices = int(os.environ.get("WORLD_SIZE", 1))
    own = max(1, (given.batch or run["training"]["batchSize"]) // devices)
    train = Examples(run, text, plan, own * devices, text.train, repeat=given.repeat)
    if given.examples:
        train.plan = Plan(run, math.ceil(given.examples / train.rows))
        for i in range(given.examples):
            print(json.dumps(train[i]))
        return
    settings = TrainingArguments(
        output_dir=str(given.out),
        max_steps=plan.steps,
        per_device_train_batch_size=own,
        per_device_eval_batch_size=own,
        max_grad_norm=run["training"]["clip"],
        dataloader_num_workers=given.workers,
        logging_steps=1 if given.repeat else 10,
        save_strategy="no",
        report_to=[],
        remove_unused_columns=False,
        ddp_find_unused_parameters=True,
        use_cpu=given.cpu,
        disable_tqdm=True,
        seed=random.Random(run["seed"]).randrange(2**31),
    )
    few = Plan(run, max(1, 512 // train.rows))
    judged = Examples(run, text, few, train.rows, text.held_out, judged=True)
    model = Objective(run, still=given.repeat)
    trainer = Going(plan, run, given.repeat, model=model, args=settings, train_dataset=train, eval_dataset=judged,
                    data_collator=train.collate)  # fmt: skip
    if given.repeat:
        trainer.train()
        losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
        print(json.dumps({"losses": [float(loss) for loss in losses]}))
        return
    before = trainer.judge()
    trainer.train()
    after = trainer.judge()
    if trainer.is_world_process_zero():
        print(json.dumps({"heldOut": {"before": before, "after": after}}))
        model.save(given.out, tokenizer)


if __name__ == "__main__":
    main()
