"""The words of the lesson, each in one sentence or two; what numbers stand in them are the lecture's, computed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from explorer.core.data.data_sets import PUBLISHED_IMAGES, SOURCES
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import SIMPLE_CNN
from explorer.ui.language import mark, t
from explorer.ui.train_recipes import LECTURE


@dataclass(frozen=True)
class Term:
    """A word: its marked ``title``, and what it means, a marked template whose numbers are the lecture's."""

    title: str
    meaning: str

    def say(self, **own: object) -> str:
        """What it means, in the page's language; with the learner's ``own`` numbers where those are given."""
        return t(self.meaning, **{**_numbers(), **own})


@cache
def _numbers() -> Mapping[str, object]:
    """All that the meanings name: of the lecture's training and of its simple CNN."""
    (images, _), batch = PUBLISHED_IMAGES, LECTURE["batch_size"]
    classes = len(SOURCES[LECTURE["data"]].classes)
    ledger = trace(NetworkSpec(SIMPLE_CNN), 1)
    first, second = (number for number, row in enumerate(ledger.rows) if row.spec.kind == "Conv2d")
    seen = [row.receptive_field.size[0] if row.receptive_field else 0 for row in ledger.rows]
    return {
        "images": images,
        "batch": batch,
        "steps": math.ceil(images / batch),
        "classes": classes,
        "loss": f"{math.log(classes):.2f}",
        "params": f"{ledger.num_params:,}",
        "channels": ledger.rows[first].output[1],
        "side": ledger.rows[first].spec.pair("kernel_size")[0],
        "first": seen[first],
        "second": seen[second],
    }


GLOSSARY: Mapping[str, Term] = {
    "kernel": Term(mark("Kernel"), mark(
        "The small grid of weights that slides over the input: {side}×{side} in the lecture’s network."
    )),
    "window": Term(mark("Window"), mark("The part of the input that lies under the kernel now.")),
    "stride": Term(mark("Stride"), mark("How many rows or columns the window moves on at a time.")),
    "padding": Term(mark("Padding"), mark(
        "Rows and columns around the input, usually of zeros, so that the window can stand on its edge."
    )),
    "channel": Term(mark("Channel"), mark(
        "One of the grids that a picture or a layer’s output consists of: 1 in a grey image, 3 in a colour image, "
        "{channels} behind conv1."
    )),
    "feature": Term(mark("Feature"), mark(
        "Something in the picture that helps to tell the classes apart: an edge, a bow, the end of a stroke."
    )),
    "feature_map": Term(mark("Feature map"), mark(
        "One channel of a layer’s output: where in the image its kernel found what it looks for, and how strongly."
    )),
    "bias": Term(mark("Bias"), mark("A number that a layer adds to each of its sums; learned, as the weights are.")),
    "relu": Term(mark("ReLU"), mark("Makes 0 of negative numbers, and leaves the others as they are.")),
    "unit": Term(mark("Unit"), mark("One number of a layer’s output, computed from the numbers that it sees.")),
    "receptive_field": Term(mark("Receptive field"), mark(
        "The pixels that a unit sees through all layers before it: {first}×{first} in conv1, {second}×{second} in "
        "conv2."
    )),
    "dense_layer": Term(mark("Dense layer"), mark(
        "Every output has a weight for every input: PyTorch’s Linear, also called fully connected."
    )),
    "parameters": Term(mark("Parameters"), mark(
        "The numbers that training changes: weights and biases. The simple CNN has {params}."
    )),
    "mult_adds": Term(mark("Mult-adds"), mark(
        "A multiplication and the addition behind it count as one: so the work of a layer is measured."
    )),
    "batch": Term(mark("Batch"), mark(
        "The images that one step reads together; the lecture takes {batch}."
    )),
    "step": Term(mark("Step"), mark(
        "One batch: forward, loss, backward, and all weights move once. Also called an iteration."
    )),
    "iteration": Term(mark("Iteration"), mark(
        "The same as a step, one batch. {images} images in batches of {batch} are {steps} iterations an epoch."
    )),
    "epoch": Term(mark("Epoch"), mark(
        "One pass over all training images: {images} images in batches of {batch} are {steps} steps."
    )),
    "loss": Term(mark("Loss"), mark(
        "How wrong the answers are, in one number: 0 where the true class is certain, ln {classes} = {loss} where all "
        "{classes} classes get the same."
    )),
    "gradient": Term(mark("Gradient"), mark(
        "How the loss changes when a number changes a little. Training moves each weight against it."
    )),
    "learning_rate": Term(mark("Learning rate"), mark(
        "What the gradient is multiplied by: how far one step moves the weights."
    )),
    "momentum": Term(mark("Momentum"), mark("The share of the last move that is added to the next one.")),
    "logit": Term(mark("Logit"), mark(
        "One of the network’s {classes} last numbers, before softmax. The largest is the answer; they may be negative."
    )),
    "softmax": Term(mark("Softmax"), mark(
        "Makes probabilities of logits: e to the power of each, divided by the sum over all classes."
    )),
    "probability": Term(mark("Probability"), mark(
        "What softmax makes of a logit, from 0 to 1; all together are 1. It says how sure the network is, not "
        "whether it is right."
    )),
}  # fmt: skip
