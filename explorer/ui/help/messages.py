"""Questions that begin with a message, most of them PyTorch's."""

from collections.abc import Mapping

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import BROKEN, SIMPLE_CNN
from explorer.ui.help.topic import Topic
from explorer.ui.language import mark

_SIMPLE = encode(NetworkSpec(SIMPLE_CNN))
_BROKEN = {name: encode(NetworkSpec(layers)) for name, layers in BROKEN.items()}
_LECTURE = {"train_recipe": "lecture"}

MESSAGES: Mapping[str, Topic] = {
    "shapes": Topic(
        mark("mat1 and mat2 shapes cannot be multiplied"),
        mark(
            "A Linear layer is made for a fixed number of inputs, and another number arrives. In (a×b and c×d) the "
            "batch is a×b and the layer’s weights are c×d: b must equal c. Write b into the layer, or look for the "
            "flatten that is missing before it."
        ),
        "network",
        {"network_stack": _BROKEN["in_features"]},
    ),
    "channels": Topic(
        mark("Given groups=1, … expected input to have 1 channels"),
        mark(
            "A convolution’s in_channels is not the number of channels that arrive. The second number of the input’s "
            "shape counts them: 1 for grey images, 3 for colour, and behind a convolution as many as it has kernels."
        ),
        "channels",
    ),
    "dimensions": Topic(
        mark("Expected 3D (unbatched) or 4D (batched) input"),
        mark(
            "A convolution takes (images, channels, rows, columns). Often the images were flattened too early, or one "
            "image lacks its channel: unsqueeze adds a side of 1, view gives rows and columns back."
        ),
        "network",
        {"network_stack": "1_1x28x28_f_c1-10-5_f_l5760-10"},
    ),
    "view": Topic(
        mark("shape '[-1, 160]' is invalid for input of size …"),
        mark(
            "view only cuts anew what is there: the numbers of all images, divided by the row’s length, must be whole. "
            "A flatten that begins at 1 needs no such number, and leaves every image its own row."
        ),
        "network",
        {"network_stack": _BROKEN["view"].replace("v160", "v300").replace("l160", "l300")},
    ),
    "batch_rows": Topic(
        mark("Expected input batch_size (128) to match target batch_size (64)"),
        mark(
            "A view with half the right length makes two rows of each image. No layer complains; the loss does, where "
            "there are twice as many rows as labels. Flatten keeps images apart."
        ),
        "network",
        {"network_stack": _BROKEN["view"]},
    ),
    "kernel": Topic(
        mark("Kernel size can’t be greater than actual input size"),
        mark(
            "Every convolution without padding and every pooling makes the map smaller, until the next window does not "
            "fit. Follow the shapes in the ledger: padding in a convolution keeps the size, one pooling less doubles "
            "it."
        ),
        "network",
        {"network_stack": _BROKEN["shrunk"]},
    ),
    "target": Topic(
        mark("Target 10 is out of bounds"),
        mark(
            "Classes are counted from 0: a network with 10 outputs takes the labels 0 … 9. Either the labels begin at "
            "1, or there are more classes than outputs: the last Linear layer needs one output a class."
        ),
        "network",
        {"network_stack": _SIMPLE.replace("l320-10", "l320-9")},
    ),
    "target_shape": Topic(
        mark("0D or 1D target tensor expected"),
        mark(
            "cross_entropy takes the class of each image as one whole number: shape (64,), type Long. One-hot rows go "
            "through argmax(1), a column through squeeze(1), decimal numbers through long()."
        ),
        "train",
        _LECTURE,
    ),
    "dtype": Topic(
        mark("expected scalar type Float but found Byte or Double"),
        mark(
            "Weights are float32. Pixels straight from the file are bytes, and numbers from NumPy are doubles: "
            "x.float() turns both into float32, and bytes want a division by 255 as well, which ToTensor does."
        ),
        "train",
        _LECTURE,
    ),
    "single": Topic(
        mark("Expected more than 1 value per channel when training"),
        mark(
            "BatchNorm computes a mean and a deviation over the batch, and one number has no deviation. The last batch "
            "of an epoch was a single image: another batch size, or drop_last=True."
        ),
        "train",
    ),
    "device": Topic(
        mark("Expected all tensors to be on the same device"),
        mark(
            "Network and batch must lie in the same memory. net.to(device) once, before training; images and labels "
            "for each batch, for a tensor’s .to returns a copy and changes nothing by itself."
        ),
        "gpu",
        {"gpu_network_moved": "false"},
    ),
    "no_gpu": Topic(
        mark("Torch not compiled with CUDA enabled"),
        mark(
            "The installed PyTorch has no GPU part, or the machine has no GPU. Ask before you use one: "
            "torch.cuda.is_available(). The networks of this lecture learn on a CPU within a minute."
        ),
        "gpu",
    ),
    "memory": Topic(
        mark("CUDA out of memory"),
        mark(
            "A step keeps every layer’s output until the way back: memory grows with the batch. Halve the batch size, "
            "test under torch.no_grad(), and add up loss.item(), for loss itself keeps the whole step alive."
        ),
        "network",
        {"network_stack": _SIMPLE},
    ),
    "download": Topic(
        mark("The download of MNIST fails"),
        mark(
            "403 and 404 come from the host, a certificate’s error from your Python or a proxy. Copy the four files "
            "from another machine into the folder that torchvision names; here, train on the digits that the app draws."
        ),
        "train",
        {"train_data": "offline"},
    ),
    "workers": Topic(
        mark("num_workers on Windows: freeze_support"),
        mark(
            "Each worker runs your file again from its top. Put what trains under if __name__ == '__main__', or set "
            "num_workers=0: MNIST is so small that the data as one tensor, as in this app’s script, beats any loader."
        ),
        "train",
    ),
}
