"""Trains the tagger on what tagger_data.py wrote. Needs numpy and torch (2.13 was used), not kg.

    train_tagger.py weak -o FOLDER             the rules' own labels and masked characters; writes weak.pt
    train_tagger.py fine -o FOLDER --fold N    labels by hand without fold N (-1: all); writes foldN.npz or weights.npz
    train_tagger.py weak|fine -o FOLDER --start FILE ...    the same, from a file of weights
    train_tagger.py fine -o FOLDER --push 0.5 --settle 0.995  against pushed tables, and the running mean of the weights
    train_tagger.py mean -o FOLDER --start FILE --share S   weights.npz between FILE (0) and weights.npz (1)

The recipe of the weights in kg/pipes/tagger is the defaults: one thread, seed 0. docs/tagger.md says what it gives.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

TAGS, BITS, VOID, UNREAD = 29, 17, 16, -100
WIDTH, CHARACTER, PAIR, REGION = 96, 64, 32, 8
REACH = (1, 2, 4, 8)
SETTLED = 0.3  # of the steps are behind when the running mean of the weights begins
GUESSED = 4000  # characters that the masked place is guessed among
TOP = 127
FINE_IN, FINE = 2 / TOP, 4 / TOP  # what a step of the tables and of the layers is worth
WINDOW = 512


def stepped(x: Tensor, low: float) -> Tensor:
    """Whole numbers from *low* to TOP; gradients pass as if they were not rounded."""
    y = torch.clamp(x, low, TOP)
    return y + (torch.floor(y + 0.5) - y).detach()


def grained(w: Tensor, whole: bool = False) -> Tensor:
    """Weights in whole steps of their largest, for each output (or for all of them)."""
    step = grain(w, whole)
    y = w / step
    return (y + (torch.round(y) - y).detach()) * step


def grain(w: Tensor, whole: bool = False) -> Tensor:
    size = w.detach().abs()
    return (size.max() if whole else size.amax(dim=(1, 2), keepdim=True)).clamp(min=1e-6) / TOP


class Net(nn.Module):
    """The network of kg/pipes/tagger/network.py, in floats that behave like its whole numbers."""

    def __init__(self, characters: int, drop: float) -> None:
        super().__init__()
        self.c, self.b = nn.Embedding(characters, CHARACTER), nn.Embedding(1 << BITS, PAIR)
        self.r = nn.Embedding(16, REGION)
        for table, spread in ((self.c, 0.3), (self.b, 0.1), (self.r, 0.3)):
            nn.init.normal_(table.weight, 0, spread)
        self.convs = nn.ModuleList()
        width = CHARACTER + PAIR + REGION
        for reach in REACH:
            layer = nn.Conv1d(width, WIDTH, 3, padding=reach, dilation=reach)
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
            if len(self.convs):
                layer.weight.data *= 0.5
            self.convs.append(layer)
            width = WIDTH
        self.out = nn.Linear(WIDTH, TAGS)
        self.lm = nn.Linear(WIDTH, GUESSED)
        self.drop = nn.Dropout(drop)

    def hidden(self, c: Tensor, b: Tensor, r: Tensor) -> Tensor:
        x = torch.cat([self.c(c), self.b(b), self.r(r)], -1)
        x = (stepped(x / FINE_IN, -TOP) * FINE_IN).transpose(1, 2)
        for i, layer in enumerate(self.convs):
            y = F.conv1d(x, grained(layer.weight), layer.bias, padding=layer.padding, dilation=layer.dilation)
            y = stepped(F.relu(y) / FINE, 0) * FINE
            x = torch.clamp(x + y, max=TOP * FINE) if i else y
        return self.drop(x.transpose(1, 2))

    def tags(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, grained(self.out.weight, whole=True), self.out.bias)


def optimizer(net: Net, rate: float, tables: float) -> torch.optim.Optimizer:
    """Tables learn *tables* times as fast as the layers: most of their rows are seen seldom."""
    big = [net.b.weight, net.c.weight]
    rest = [p for p in net.parameters() if all(p is not q for q in big)]
    groups = [{"params": rest, "weight_decay": 0.01, "k": 1.0}, {"params": big, "weight_decay": 0.0, "k": tables}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))


def step(net: Net, best: torch.optim.Optimizer, told: Callable[[], Tensor], rate: float, push: float = 0.0) -> float:
    """One step down what *told* computes. With *push* it is computed again where the tables stand so far in the worst
    direction, and both count (Miyato, Dai and Goodfellow, Adversarial training methods for text, 2017).
    """
    for group in best.param_groups:
        group["lr"] = group["k"] * rate
    best.zero_grad()
    loss = told()
    loss.backward()
    if push:
        tables = [table.weight for table in (net.c, net.b)]
        places = [table.data.clone() for table in tables]
        for table in tables:
            size = float(table.grad.norm())
            table.data.add_(table.grad, alpha=push / size if size else 0.0)
        told().backward()
        for table, place in zip(tables, places, strict=True):
            table.data.copy_(place)
    nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    best.step()
    return loss.item()


@torch.no_grad()
def settle(net: Net, settled: list[Tensor], share: float) -> None:
    """The running mean of the weights, into *settled*; *share* of it stays at each step."""
    if not settled:
        settled += [mine.clone() for mine in net.parameters()]
        return
    for slow, mine in zip(settled, net.parameters(), strict=True):
        slow.mul_(share).add_(mine, alpha=1 - share)


def masked(c: Tensor, b: Tensor, share: float) -> tuple[Tensor, Tensor, Tensor]:
    """Some characters unknown, and with them both pairs that they belong to."""
    mask = torch.rand(c.shape) < share
    c = torch.where(mask, torch.ones_like(c), c)
    return mask, c, torch.where(mask | torch.roll(mask, 1, 1), torch.zeros_like(b), b)


def loss_of(logits: Tensor, tags: Tensor) -> Tensor:
    return F.cross_entropy(logits.reshape(-1, TAGS), tags.reshape(-1), ignore_index=UNREAD)


def loss_at(net: Net, c: Tensor, b: Tensor, r: Tensor, y: Tensor) -> Tensor:
    return loss_of(net.tags(net.hidden(c, b, r)), y)


def weak(folder: Path, args: argparse.Namespace) -> None:
    data = np.load(folder / "weak.npz")
    columns = [data[name] for name in "cbry"]
    net = Net(len(json.loads((folder / "vocabulary.json").read_text())) + 2, 0.1)
    if args.start:
        begin(net, args.start)
    total = len(columns[0]) // WINDOW
    named = columns[3][: total * WINDOW].reshape(total, WINDOW)
    dense = ((named > 0) & (named < 25)).sum(1)  # windows with many names that are no regions
    pool = np.flatnonzero(dense >= np.quantile(dense, 0.4))
    steps = int(args.characters / (WINDOW * args.batch))
    order = pool[np.concatenate([np.random.permutation(len(pool)) for _ in range(steps * args.batch // len(pool) + 1)])]
    best, begun = optimizer(net, args.rate, 8.0), time.time()
    net.train()
    for n in range(steps):
        place = order[n * args.batch : (n + 1) * args.batch, None] * WINDOW + np.arange(WINDOW)[None]
        c, b, r, y = (torch.from_numpy(column[place].astype(np.int64)) for column in columns)
        mask, c2, b2 = masked(c, b, 0.06)
        hidden = net.hidden(c2, b2, torch.where(mask, torch.zeros_like(r), r))
        loss = loss_of(net.tags(hidden), torch.where(mask, torch.full_like(y, UNREAD), y))
        wanted = c[mask]
        known = (wanted < GUESSED) & (wanted > 1)
        guess = F.cross_entropy(net.lm(hidden[mask][known]), wanted[known])
        rate = args.rate * min(1.0, (n + 1) / 100) * (1 - n / steps * 0.95)
        step(net, best, lambda whole=loss + 0.03 * guess: whole, rate)
        if n % 250 == 0:
            print(n, steps, f"{loss.item():.4f} {guess.item():.3f} {time.time() - begun:.0f}s", flush=True)
    torch.save(net.state_dict(), folder / "weak.pt")


def fine(folder: Path, args: argparse.Namespace) -> None:
    net = Net(len(json.loads((folder / "vocabulary.json").read_text())) + 2, 0.2)
    if args.start:
        begin(net, args.start)
    else:
        net.load_state_dict(torch.load(folder / "weak.pt"))
    rows = [json.loads(line) for line in (folder / "hand.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["fold"] != args.fold]
    best, n, settled = optimizer(net, args.rate, 2.0), 0, []
    steps = args.epochs * (sum(len(row["c"]) + VOID for row in rows) // (WINDOW * args.batch) + 1)
    net.train()
    for epoch in range(args.epochs):
        mixed = [rows[i] for i in np.random.permutation(len(rows))]
        columns = [np.array([v for row in mixed for v in (*row[name], *[void] * VOID)], dtype=np.int64)
                   for name, void in (("c", 0), ("b", 0), ("r", 0), ("y", UNREAD))]
        shift = np.random.randint(0, WINDOW)
        windows = (len(columns[0]) - shift) // WINDOW
        for first in range(0, windows, args.batch):
            chosen = np.arange(first, min(windows, first + args.batch))
            place = shift + chosen[:, None] * WINDOW + np.arange(WINDOW)[None]
            c, b, r, y = (torch.from_numpy(column[place]) for column in columns)
            _, c, b = masked(c, b, 0.03)
            r = torch.where(torch.rand(len(chosen), 1) < 0.1, torch.zeros_like(r), r)
            rate = args.rate * min(1.0, (n + 1) / 30) * max(0.02, 1 - n / steps)
            loss = step(net, best, partial(loss_at, net, c, b, r, y), rate, args.push)
            n += 1
            if args.settle and n > steps * SETTLED:
                settle(net, settled, args.settle)
        print(epoch, f"{loss:.4f}", flush=True)
    for mine, slow in zip(net.parameters(), settled, strict=False):
        mine.data.copy_(slow)
    name = "weights.npz" if args.fold < 0 else f"fold{args.fold}.npz"
    np.savez_compressed(folder / name, **exported(net, json.loads((folder / "vocabulary.json").read_text())))


def begin(net: Net, file: Path) -> None:
    with np.load(file) as arrays:
        imported(net, arrays)


@torch.no_grad()
def mean(folder: Path, args: argparse.Namespace) -> None:
    """Weights between those that training began with and those that it ended with."""
    vocabulary = json.loads((folder / "vocabulary.json").read_text())
    first, last = Net(len(vocabulary) + 2, 0.0), Net(len(vocabulary) + 2, 0.0)
    begin(first, args.start)
    begin(last, folder / "weights.npz")
    for one, other in zip(first.parameters(), last.parameters(), strict=True):
        one.mul_(1 - args.share).add_(other, alpha=args.share)
    np.savez_compressed(folder / "weights.npz", **exported(first, vocabulary))


@torch.no_grad()
def imported(net: Net, arrays: Any) -> None:
    """The inverse of `exported`: what *arrays* say, in *net*; what guesses hidden characters stays as it is."""
    for name, table in (("characters", net.c), ("pairs", net.b), ("regions", net.r)):
        table.weight.copy_(torch.from_numpy(arrays[name].astype(np.float32) * FINE_IN))
    unit = FINE_IN
    for i, layer in enumerate(net.convs):
        scale = torch.from_numpy(arrays[f"scale{i}"])
        kernel = torch.from_numpy(arrays[f"kernel{i}"].astype(np.float32)).reshape(3, -1, WIDTH).permute(2, 1, 0)
        layer.weight.copy_(kernel * (scale * FINE / unit)[:, None, None])
        layer.bias.copy_((torch.from_numpy(arrays[f"bias{i}"].astype(np.float32)) * scale - 0.5) * FINE)
        unit = FINE
    size = float(arrays["unit"]) / FINE
    net.out.weight.copy_(torch.from_numpy(arrays["out"].astype(np.float32)).T * size)
    net.out.bias.copy_(torch.from_numpy(arrays["out_bias"].astype(np.float32)) * size * FINE)


@torch.no_grad()
def exported(net: Net, vocabulary: list[int]) -> dict[str, Any]:
    """The arrays of a file of weights: all of them whole numbers but the scales."""
    arrays: dict[str, Any] = {"known": np.array(vocabulary, dtype=np.uint16), "reach": np.array(REACH, dtype=np.int32)}
    for name, table in (("characters", net.c), ("pairs", net.b), ("regions", net.r)):
        arrays[name] = np.clip(np.round(table.weight.numpy() / FINE_IN), -TOP, TOP).astype(np.int8)
    unit = FINE_IN
    for i, layer in enumerate(net.convs):
        size = grain(layer.weight)
        scale = size.flatten() * unit / FINE
        kernel = torch.round(layer.weight / size).permute(2, 1, 0).reshape(-1, WIDTH)
        arrays[f"kernel{i}"] = kernel.numpy().astype(np.int8)
        arrays[f"scale{i}"] = scale.numpy().astype(np.float32)
        arrays[f"bias{i}"] = torch.round((layer.bias / FINE + 0.5) / scale).numpy().astype(np.int32)
        unit = FINE
    size = grain(net.out.weight, whole=True)
    arrays["out"] = torch.round(net.out.weight / size).T.numpy().astype(np.int8)
    arrays["unit"] = np.array(float(size) * FINE)
    arrays["out_bias"] = torch.round(net.out.bias / (size * FINE)).numpy().astype(np.int32)
    return arrays


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("step", choices=("weak", "fine", "mean"))
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder of tagger_data.py")
    parser.add_argument("--fold", type=int, default=-1, help="the fold that is kept out; -1 keeps none out")
    parser.add_argument("--characters", type=float, default=9e6, help="how much text the first step reads")
    parser.add_argument("--start", type=Path, help="a file of weights to go on from")
    parser.add_argument("--share", type=float, default=0.75, help="of the weights at the end of training")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, help="windows of 512 characters (10, fine: 6)")
    parser.add_argument("--rate", type=float, help="rate of learning (0.003, fine: 0.0012)")
    parser.add_argument("--push", type=float, default=0.0, help="how far the tables are pushed in the worst direction")
    parser.add_argument("--settle", type=float, default=0.0, help="what stays of the running mean of weights a step")
    args = parser.parse_args()
    args.batch = args.batch or (10 if args.step == "weak" else 6)
    args.rate = args.rate or (0.003 if args.step == "weak" else 0.0012)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    np.random.seed(0)
    {"weak": weak, "fine": fine, "mean": mean}[args.step](args.output, args)


if __name__ == "__main__":
    main()
