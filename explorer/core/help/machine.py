"""Messages of what is around the network: memory, the download, the processes that load data."""

import re

from explorer.core.errors import say
from explorer.core.help.reading import Reading, whole_numbers

MAIN = 'if __name__ == "__main__":\n    main()'


def read_memory(found: re.Match[str]) -> Reading:
    """``CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 14.75 GiB …``."""
    wanted, total = found[1], found[2] or found[3]
    said = say("PyTorch asked the GPU for {wanted} more, and it was not there.", wanted=wanted)
    if total:
        said = say(
            "PyTorch asked the GPU for {wanted} more. It has {total} in all, and the rest was taken.",
            wanted=wanted,
            total=total,
        )
    why = say(
        "What a step keeps for the way back grows with the batch: halve the batch size until it fits. Test under "
        "torch.no_grad(), and keep loss.item(), never loss itself."
    )
    return Reading("memory", found[0], (said, why), "BATCH_SIZE = BATCH_SIZE // 2")


def read_download(found: re.Match[str]) -> Reading:
    """``HTTP Error 404: Not Found``, ``urlopen error``, ``CERTIFICATE_VERIFY_FAILED``."""
    status = found[1]
    said = (
        say(
            "The host answered {status}: it refuses, or no longer has the file. Your program is not at fault; another "
            "host, or the files from another machine, will do.",
            status=status,
        )
        if status
        else say("The host was not reached: no network, a proxy, or a name that is not answered.")
    )
    return Reading("download", found[0], (said,))


def read_certificate(found: re.Match[str]) -> Reading:
    """``CERTIFICATE_VERIFY_FAILED``."""
    said = say(
        "Python could not check who answers: its list of certificates is missing, which is usual on macOS, or a proxy "
        "stands in between. Install the list; do not switch the check off."
    )
    return Reading("download", found[0], (said,), "python -m pip install --upgrade certifi")


def read_workers(found: re.Match[str]) -> Reading:
    """``An attempt has been made to start a new process before …``, ``DataLoader worker … exited unexpectedly``."""
    said = say(
        "A DataLoader with num_workers > 0 starts processes, and on Windows and macOS each of them runs your file from "
        "its top. What is not under this line is then done again in each:"
    )
    return Reading("workers", found[0], (said,), MAIN)


def read_single(found: re.Match[str]) -> Reading:
    """``Expected more than 1 value per channel when training, got input size torch.Size([1, 10])``."""
    shape = whole_numbers(found[1])
    said = say(
        "BatchNorm needs a mean and a deviation of each channel, and a batch of shape {shape} has one number for each: "
        "an epoch’s last batch was a single image. Drop it, or test under net.eval().",
        shape=tuple(shape),
    )
    return Reading("single", found[0], (said,), "DataLoader(…, drop_last=True)")
