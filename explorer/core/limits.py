"""Every bound of the app, in one place: what one learner may ask of the server. docs/hosting.md explains them.

A server's owner changes one by the environment variable ``CNN_EXPLORER_<NAME>``, for example
``CNN_EXPLORER_MAX_EPOCHS=20``, or many by a profile; what is wrong with any setting is told when this module loads,
and so at the start of whatever runs: the app, a worker, the command line. None may be lower than what the pages show
at first: the lecture's networks, its convolutions.
"""

from explorer.core.environment import Numbers, environment
from explorer.core.errors import SettingError

_bound = Numbers(environment())


# Convolution, Channels and Pooling pages.
MAX_INPUT_SIZE = _bound("MAX_INPUT_SIZE", 100, lowest=28)  # computed at all; the lecture's 100×100 fits
MAX_GRID_SIZE = _bound("MAX_GRID_SIZE", 64)  # rows or columns that the sliders offer
MAX_OUTPUT_SIZE = _bound("MAX_OUTPUT_SIZE", 128, lowest=28)  # a transposed one multiplies the size by its stride
MAX_CHANNELS = _bound("MAX_CHANNELS", 16, lowest=3)
MAX_KERNEL_SIZE = _bound("MAX_KERNEL_SIZE", 7, lowest=3)
MAX_PADDING = _bound("MAX_PADDING", 6)
MAX_STRIDE = _bound("MAX_STRIDE", 5, lowest=2)
MAX_DILATION = _bound("MAX_DILATION", 4, lowest=2)
MAX_ABSOLUTE_VALUE = _bound("MAX_ABSOLUTE_VALUE", 9999)  # of an edited cell: five characters still fit
MAX_EDITS = _bound("MAX_EDITS", 100, lowest=0)  # edited cells that a link carries: about 900 characters
MAX_STACK_CHANNELS = _bound("MAX_STACK_CHANNELS", 8, lowest=3)  # input channels: a row of the picture each
MAX_STACK_CELLS = _bound("MAX_STACK_CELLS", 50_000)  # of all input channels; the lecture's 5×100×100; 250 kB to send
MAX_UPLOAD_BYTES = _bound("MAX_UPLOAD_BYTES", 5_000_000)
MAX_UPLOAD_PIXELS = _bound("MAX_UPLOAD_PIXELS", 24_000_000)  # a camera's 6000×4000
MAX_UPLOAD_SECONDS = _bound("MAX_UPLOAD_SECONDS", 1)  # of a processor, to decode one file, whatever it holds
MAX_UPLOAD_MEMORY = _bound("MAX_UPLOAD_MEMORY", 300_000_000)  # bytes of the process that decodes it
MAX_DECODERS = _bound("MAX_DECODERS", 2)  # files decoded at once; the others wait

# Network page: what a list of layers may say. What its network may cost stands below.
MAX_LAYERS = _bound("MAX_LAYERS", 40, lowest=13)
MAX_IMAGE_SIZE = _bound("MAX_IMAGE_SIZE", 224, lowest=28)  # rows or columns
MAX_LAYER_CHANNELS = _bound("MAX_LAYER_CHANNELS", 1024, lowest=30)
MAX_FEATURES = _bound("MAX_FEATURES", 1_000_000, lowest=5_760)  # in or out of one linear layer
MAX_LAYER_WINDOW = _bound("MAX_LAYER_WINDOW", 32, lowest=5)  # a layer's kernel size, stride, padding, dilation
MAX_FOLLOWED_UNITS = _bound("MAX_FOLLOWED_UNITS", 1024)  # rows or columns of a map whose receptive fields are drawn
MAX_PASTED_CHARACTERS = _bound("MAX_PASTED_CHARACTERS", 15_000, lowest=1_000)  # 40 layers' script has 8,100
MAX_UNDO = _bound("MAX_UNDO", 50, lowest=0)  # changes of the layers that a session remembers, 1 kB each

# Train page.
MAX_EPOCHS = _bound("MAX_EPOCHS", 50)
MAX_BATCH_SIZE = _bound("MAX_BATCH_SIZE", 1024)
MAX_PARAMETERS = _bound("MAX_PARAMETERS", 2_000_000)  # of a network to train; the lecture's has 8,490
MAX_ACTIVATIONS = _bound("MAX_ACTIVATIONS", 200_000)  # all layers' outputs for one image; the lecture's has 10,890
MAX_MULT_ADDS = _bound("MAX_MULT_ADDS", 12_000_000)  # for one image; PyTorch's example for MNIST has 11,992,448
MAX_BATCH_ACTIVATIONS = _bound("MAX_BATCH_ACTIVATIONS", 16_000_000)  # of one step, the way back needs them: 64 MB
MAX_BATCH_MULT_ADDS = _bound("MAX_BATCH_MULT_ADDS", 1_000_000_000)  # of one step: some 0.2 s on a core
MAX_RUNS_KEPT = _bound("MAX_RUNS_KEPT", 20)  # in memory, some 0.3 MB each; waiting ones and those under way included
MAX_LEARNER_RUNS = _bound("MAX_LEARNER_RUNS", 3)  # of one learner, waiting or under way
MAX_LEARNER_BYTES = _bound("MAX_LEARNER_BYTES", 100_000_000)  # of one learner's saved runs; the oldest go first
MAX_SNAPSHOT_BYTES = _bound("MAX_SNAPSHOT_BYTES", 5_000_000)  # of one run's weights after each epoch; then fewer
MAX_NAME = _bound("MAX_NAME", 60)  # characters of the name that a learner gives to a run
MAX_POINTS_DRAWN = _bound("MAX_POINTS_DRAWN", 1200, lowest=200)  # of one curve; minima and maxima are kept
MAX_TESTS_DRAWN = _bound("MAX_TESTS_DRAWN", 300, lowest=2)  # of the test's curve; a run may be tested each step
MAX_PROBE_NUMBERS = _bound("MAX_PROBE_NUMBERS", 24_000)  # of the ten digits' maps, and of the kernels: 32 kB each
IDLE_SECONDS = _bound("IDLE_SECONDS", 600)  # a run that no page shows for so long ends; browsers throttle hidden tabs
MAX_RUN_SECONDS = _bound("MAX_RUN_SECONDS", 3600)  # under way, pauses included
MAX_PAUSE_SECONDS = _bound("MAX_PAUSE_SECONDS", 60, lowest=0)  # a paused run keeps its worker while others wait
MAX_CHECKPOINTS = _bound("MAX_CHECKPOINTS", 200)  # saved runs on disk, some 0.5 MB each; the oldest go first
EXPIRE_DAYS = _bound("EXPIRE_DAYS", 0, lowest=0)  # after which an ended run is deleted, from its start on; 0: never
MAX_STATE_BYTES = _bound("MAX_STATE_BYTES", 50_000_000)  # of one saved state: 2 million weights with Adam's averages

# Inside page.
MAX_STUDIES = _bound("MAX_STUDIES", 20)  # questions about whole test sets that wait; one at a time is answered
MAX_LEARNER_STUDIES = _bound("MAX_LEARNER_STUDIES", 2)  # of one learner, waiting or being answered
MAX_STUDY_SECONDS = _bound("MAX_STUDY_SECONDS", 300)  # for one; of a core the simple CNN takes 6, the largest 45
MAX_PATCHES = _bound("MAX_PATCHES", 4500)  # that excite a network's maps most, nine a map; 22 bytes each
MAX_DIGITS_SENT = _bound("MAX_DIGITS_SENT", 200)  # test images in one answer: 157 kB
MAX_WEIGHTS_BYTES = _bound("MAX_WEIGHTS_BYTES", 10_000_000)  # of a file: 2 million parameters of four bytes, and words
MAX_WEIGHTS_WORDS = _bound("MAX_WEIGHTS_WORDS", 100_000)  # bytes that name its tensors; 40 layers' have some 20,000
MAX_WEIGHTS_SECONDS = _bound("MAX_WEIGHTS_SECONDS", 10)  # of a processor, to read one; torch's start is most of it
MAX_WEIGHTS_MEMORY = _bound("MAX_WEIGHTS_MEMORY", 1_000_000_000)  # bytes of the process that reads it; torch: half
MAX_WEIGHTS_READERS = _bound("MAX_WEIGHTS_READERS", 1)  # files read at once; the others wait
MAX_WEIGHTS_KEPT = _bound("MAX_WEIGHTS_KEPT", 100_000_000)  # bytes of all learners' uploads; those unseen longest go

# GPU page.
MAX_THROUGHPUT_SECONDS = _bound("MAX_THROUGHPUT_SECONDS", 20)  # that a machine is measured for
MAX_THROUGHPUTS_KEPT = _bound("MAX_THROUGHPUTS_KEPT", 50)  # learners' last measurements, 2 kB each

# Lecturers' links, and classes: in memory, for a lesson.
MAX_VIEW_CONTROLS = _bound("MAX_VIEW_CONTROLS", 60)  # that one link hides or fixes; Train has some thirty
MAX_VIEW_CHARACTERS = _bound("MAX_VIEW_CHARACTERS", 2000)  # of that part of a link
MAX_CLASSES = _bound("MAX_CLASSES", 50)  # at one time, some 100 kB each when it is full
MAX_LEARNER_CLASSES = _bound("MAX_LEARNER_CLASSES", 3)  # of one browser
MAX_CLASS_STUDENTS = _bound("MAX_CLASS_STUDENTS", 500)  # browsers in one class; each has one answer
MAX_CLASS_SECONDS = _bound("MAX_CLASS_SECONDS", 10_800)  # from its opening; then it is gone, answers and all
MAX_ANSWER_CHARACTERS = _bound("MAX_ANSWER_CHARACTERS", 40)

# The owner's page, which there is where CNN_EXPLORER_OWNER_PASSWORD is set.
MAX_PASSWORD_TRIES = _bound("MAX_PASSWORD_TRIES", 10)  # wrong ones in a minute, everybody's together

# Exercises.
MAX_SENTENCE = _bound("MAX_SENTENCE", 200)  # characters of the sentence that ends the lecture's exercise
MAX_EXERCISE_DRAWS = _bound("MAX_EXERCISE_DRAWS", 1000)  # numbers tried until each slip has its own answer: 0.2 ms each
MAX_PROGRESS = _bound("MAX_PROGRESS", 600)  # characters by which a link carries which exercises were answered

# Workers.
WORKERS = _bound("WORKERS", 0, lowest=0)  # processes that train; 0: one for each NVIDIA GPU, at least one
MAX_DEATHS = _bound("MAX_DEATHS", 3, lowest=0)  # of workers under one run, before it is marked failed
OFFLINE_DIGITS = _bound("OFFLINE_DIGITS", 20_000)  # training digits drawn when there is no MNIST; a tenth more to test

# For the server's owner.
METRICS_PORT = _bound("METRICS_PORT", 0, lowest=0, highest=65_535)  # of Prometheus' metrics; 0: nothing is measured

_bound.refuse_problems()
DEFAULTS = dict(_bound.defaults)  # of each name, whatever the owner and the profile say


def within(setting: str, value: float, lowest: float, highest: float) -> None:
    """Raises SettingError, where ``value`` is outside ``lowest … highest``; ``setting`` is its name, marked."""
    if not lowest <= value <= highest:
        raise SettingError(
            "The {setting} is {value}, outside {lowest} … {highest}. Choose a number in between.",
            setting=setting,
            value=value,
            lowest=lowest,
            highest=highest,
        )
