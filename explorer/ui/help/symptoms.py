"""Questions without a message: what a run does, and where a number comes from."""

from collections.abc import Mapping

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import BROKEN, SIMPLE_CNN
from explorer.ui.help.topic import Topic
from explorer.ui.language import mark

_SIMPLE = encode(NetworkSpec(SIMPLE_CNN))
_LECTURE = {"train_recipe": "lecture"}

SYMPTOMS: Mapping[str, Topic] = {
    "loss_stuck": Topic(
        mark("The loss stays at 2.30"),
        mark(
            "2.30 is ln 10: every digit gets a tenth. The step is too small, or no gradient arrives: optimizer.step() "
            "or loss.backward() is missing, or the optimizer was given another network’s parameters. Watch it with a "
            "learning rate of 0.0001."
        ),
        "train",
        {**_LECTURE, "train_lr": "0.0001"},
    ),
    "nan": Topic(
        mark("The loss becomes nan"),
        mark(
            "The steps are so large that numbers overflow. Divide the learning rate by ten, and look whether the "
            "pixels are normalised. A log of a softmax of your own overflows too: give cross_entropy the plain outputs."
        ),
        "train",
        {**_LECTURE, "train_lr": "1"},
    ),
    "guessing": Topic(
        mark("The accuracy stays at 10 or 11%"),
        mark(
            "The network says the same digit to everything: 11.35% of MNIST’s test digits are ones. Its ReLUs died "
            "from too large a step, or labels and images were shuffled apart. See what it does with a learning rate "
            "of 1."
        ),
        "train",
        {**_LECTURE, "train_lr": "1"},
    ),
    "own_digits": Topic(
        mark("It misreads my own digits"),
        mark(
            "MNIST’s digits are white on black, scaled to 20×20 and centred by their mass in 28×28. Yours must go the "
            "same way: invert, cut out, scale, centre, normalise. Switch each step off and see what it costs."
        ),
        "inside",
        {"inside_steps_off": "centre"},
    ),
    "normalisation": Topic(
        mark("Where do 0.1307 and 0.3081 come from?"),
        mark(
            "They are the mean and the standard deviation of all training pixels of MNIST, from 0 to 1. Subtracted and "
            "divided, the pixels have mean 0 and deviation 1. Other data sets have others, and a digit that is tested "
            "needs the same two numbers."
        ),
        "inside",
        {"inside_steps_off": "normalise"},
    ),
    "vector": Topic(
        mark("Where does 320 come from?"),
        mark(
            "28 → 24 by the 5×5 window, → 12 by the pooling, → 8 → 4 once more: 20 maps of 4×4 are 20·4·4 = 320 "
            "numbers. The ledger does this sum for every network."
        ),
        "network",
        {"network_stack": _SIMPLE},
    ),
    "map_or_kernel": Topic(
        mark("4×4 or 5×5: the map or the kernel?"),
        mark(
            "5×5 is the kernel, which you choose; 4×4 is the map, which comes out. The Linear layer is made for what "
            "comes out: 20·4·4 = 320, not 20·5·5 = 500."
        ),
        "network",
        {"network_stack": _SIMPLE.replace("l320-10", "l500-10")},
    ),
    "softmax": Topic(
        mark("Softmax at the end, or not?"),
        mark(
            "Not before cross_entropy, which takes the logarithm of a softmax itself: two of them squeeze the "
            "differences, and the network learns slowly, without any message. Apply softmax where probabilities are to "
            "be read."
        ),
        "network",
        {"network_stack": encode(NetworkSpec(BROKEN["softmax"]))},
    ),
}
