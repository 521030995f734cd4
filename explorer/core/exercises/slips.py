"""The slips that learners make, by name: what each gets wrong. Their arithmetic stands where they are used."""

from collections.abc import Mapping

from explorer.core.errors import mark

SLIPS: Mapping[str, str] = {
    # sizes
    "plus_one_forgotten": mark("The + 1 is forgotten: the steps are counted, but not the window that they start from."),
    "padding_once": mark(
        "The padding is counted once. PyTorch's number is for each side and counts twice; some books mean the total."
    ),
    "padding_total": mark("This is the total of both sides. PyTorch's padding is the number for each side."),
    "padding_forgotten": mark("The padding is forgotten: it moves the first window in front of the input."),
    "ceil_for_floor": mark(
        "It is rounded up. PyTorch rounds down: what does not fill a window or a batch is left out."
    ),
    "floor_for_ceil": mark("It is rounded down. Here it is rounded up: the last, incomplete one counts too."),
    "tensorflow_same": mark("This is TensorFlow's rule for “same”: size by stride, rounded up. PyTorch has another."),
    "stride_forgotten": mark("The stride is forgotten, as if the window moved by one cell each time."),
    "window_for_stride": mark("Window and stride are mixed up: one is how far it reaches, the other how far it moves."),
    "dilation_forgotten": mark("The dilation is forgotten: with gaps between its weights a kernel spans more cells."),
    "plain_for_transposed": mark("This is the formula of a plain convolution. The transposed one turns it round."),
    "input_for_output": mark("The input's size is taken for the output's: without padding a map gets smaller."),
    "rows_left_over_forgotten": mark("As if every row were read: the last step leaves over what fills no window."),
    # kernels, maps, shapes
    "map_for_kernel": mark("The input's size is taken for the kernel's: one output value sees only its window."),
    "kernel_for_map": mark("The kernel's size is taken for the map's: what is flattened is the map."),
    "sides_added": mark("The sides are added. A kernel of h rows and w columns has h·w weights."),
    "weight_for_output": mark("This is the weight's shape. The output has a map for each output channel."),
    "output_for_weight": mark("This is the output's shape. The weight has a kernel for each pair of channels."),
    "channels_swapped": mark("The two channels are swapped: PyTorch's weight begins with the output channels."),
    "channels_merged": mark("The channels are merged into one. A pooling works on each channel alone."),
    "channels_pooled": mark("The channels are pooled too. A pooling changes only height and width."),
    "channels_kept": mark(
        "The input's channels are kept. A convolution has as many output channels as it has kernels."
    ),
    "channels_multiplied": mark("A map for each pair of channels: the partial maps of one output channel are summed."),
    "channels_added": mark("The channels are added. Each output channel meets every input channel: they multiply."),
    "input_channels_forgotten": mark("The input channels are forgotten: every output channel has a kernel for each."),
    "groups_forgotten": mark("The groups are forgotten: an output channel reads the input channels of its group only."),
    "output_channels_counted": mark("All output channels are counted. One value belongs to one of them."),
    "grey_for_rgb": mark("Grey and RGB are mixed up: a grey image has 1 channel, a coloured one 3."),
    "image_32": mark("The image is taken for 32×32. MNIST's digits are 28×28."),
    "channels_times_input": mark("The channels stand by the input's size. The map that is flattened is smaller."),
    "last_pooling_forgotten": mark("The last pooling is forgotten: it halves both sides once more."),
    "flatten_forgotten": mark("Nothing is flattened: without it a linear layer sees only the last side of each map."),
    "channels_last": mark("The channels stand last, as elsewhere. PyTorch has (N, C, H, W)."),
    "batch_as_channels": mark("The batch is taken for channels: images stand first, then the channels of each."),
    "batch_kept": mark("As if the batch stayed. view takes its rows from the numbers, whichever image they are of."),
    "layer_for_message": mark("This is what the layer has already. The message's first pair says what arrives."),
    "batch_for_features": mark("This is the batch. The features of one image are the second number of the pair."),
    # places
    "column_by_column": mark(
        "The columns are laid behind one another. In PyTorch the rows are, each from left to right."
    ),
    "counted_from_one": mark("Rows and columns are counted from 1. Here they count from 0, as in code."),
    "neighbours_kept": mark("In the image it is the next one. In the vector the rest of the row lies between."),
    "others_between": mark("These are the pixels between the two. The step to the next one counts too."),
    "rows_for_columns": mark("These are the rows. A row is as long as there are columns."),
    "row_for_column": mark("Row and column are swapped. The row is said first."),
    "place_in_window": mark("This is the place within the window. The input's own rows and columns are asked for."),
    "counted_from_zero": mark("Rows and columns are counted from 0, as in code. Here they count from 1."),
    "smallest_for_largest": mark("This is the smallest cell of the window. Max pooling takes the largest."),
    "last_for_first": mark("This row is still read. The first one behind it is not."),
    # values
    "kernel_flipped": mark("The kernel is flipped. PyTorch's convolution does not do that."),
    "kernel_not_flipped": mark("The kernel is not flipped: this is PyTorch's own convolution, not the textbook's."),
    "bias_forgotten": mark("The bias is forgotten: one is added for each output channel."),
    "relu_forgotten": mark("The ReLU is forgotten: it makes 0 of what is negative."),
    "first_channel_only": mark("Only the first channel is counted. All partial maps are summed."),
    "largest_for_sum": mark("The largest is taken. The partial maps are summed."),
    "largest_for_mean": mark("The largest is taken for the mean."),
    "mean_for_largest": mark("The mean is taken for the largest."),
    "sum_for_mean": mark("The sum is not divided by the number of cells."),
    "root_for_count": mark("It is divided by the window's side, and not by its number of cells."),
    "gradient_for_largest": mark("The whole gradient goes to one cell only in max pooling. A mean shares it."),
    "gradient_shared": mark("Only a mean shares its gradient. In max pooling the winner gets all of it."),
    # parameters
    "bias_per_input": mark("A bias is counted for each input. There is one for each output."),
    "bias_per_kernel": mark("A bias is counted for each kernel. There is one for each output channel."),
    "weights_not_shared": mark(
        "Each output value gets weights of its own. A convolution uses the same ones everywhere."
    ),
    "parameters_for_products": mark("These are the parameters. Each weight is used once for every output value."),
    "pooling_has_weights": mark("A window has numbers to learn only in a convolution. A pooling has none."),
    "convolution_for_dense": mark("This is the convolution. It has these few because all places share them."),
    "last_layer_only": mark("Only the last layer is counted. All layers learn."),
    "kernel_for_field": mark("This is the last kernel alone. Each of its inputs saw several pixels already."),
    "strides_forgotten": mark("The strides are forgotten: behind a pooling one cell is two pixels further."),
    "kernels_added": mark("The windows are added. Neighbouring windows overlap: a kernel adds its size less 1."),
    # training
    "image_for_step": mark("A step is taken for an image. A step reads a whole batch."),
    "batch_for_step": mark("The batch size is taken for the number of steps. It is how many images a step reads."),
    "epoch_for_run": mark("This is one epoch. The run has several."),
    "epochs_joined": mark("The epochs are cut into batches as one. Each begins anew, with a short last batch."),
    "last_batch_full": mark("The last batch is taken for a full one. It has what is left over."),
    "step_for_image": mark("Steps are taken for images. Each step reads a batch of them."),
    "epoch_for_step": mark("A step is taken for an epoch. An epoch reads all images once."),
    "log_of_ten": mark("This is the logarithm to base 10. The loss has the natural one."),
    "probability_for_loss": mark("This is a probability. The loss is minus its logarithm."),
    "softmax_before_loss": mark(
        "A softmax stands before the loss. CrossEntropyLoss has one of its own: it acts twice."
    ),
    "logit_for_loss": mark("This is the logit with its sign turned. The loss compares it with all the others."),
    "uphill": mark("This goes uphill. The gradient points to where the loss grows: its multiple is taken off."),
    "rate_forgotten": mark("The learning rate is forgotten: only that part of the gradient is taken off."),
    "momentum_forgotten": mark("The momentum is forgotten: a part of the last step goes on."),
    # digits and answers
    "scaling_forgotten": mark("The pixel is not divided by 255 before the mean is taken off."),
    "mean_not_taken_off": mark("The mean is not taken off."),
    "deviation_forgotten": mark("It is not divided by the deviation."),
    "share_for_softmax": mark("This is the logit's share. A softmax compares their exponentials."),
    "softmax_certain": mark("The largest logit is taken as certain. A softmax gives the others their part."),
    "right_for_wrong": mark("These are the digits that are read right. The mistakes are the rest."),
    "training_for_test": mark("The training images are counted. The accuracy is that of the 10,000 test images."),
    "hundred_for_all": mark("This is of a hundred digits. The test set has 10,000."),
    "ratio_turned": mark("The ratio is turned round: with larger batches fewer steps see as many images."),
    "batch_forgotten": mark("The batch size is forgotten: steps of other batches are not as many images."),
    # devices
    "bytes_forgotten": mark("These are numbers. Each of them takes 4 bytes in float32."),
    "single_image": mark("This is one image. All images of the batch go."),
    "bits_for_bytes": mark("These are bits. A byte has 8 of them."),
    "move_for_meeting": mark(
        "This line runs, though a move is missing or lost there. The first line in which two devices meet fails."
    ),
    "devices_not_compared": mark(
        "Not there: the first line fails in which what meets lies on two devices. Compare the devices line by line."
    ),
    "way_back_fails": mark("The way back is not reached: before it, what lies on two devices has met already."),
    "per_second_for_seconds": mark("These are the steps of a second. The time of one is asked: the other way round."),
    "seconds_for_milliseconds": mark("These are seconds. A second has 1000 milliseconds."),
    "averages_forgotten": mark("Adam’s averages are forgotten: it keeps two for each weight."),
    "gradients_forgotten": mark("The gradients are forgotten: there is one for each weight."),
    "weights_alone": mark("These are the weights alone. Each has a gradient and, with Adam, two averages."),
    "last_slower": mark("At this size the GPU is not faster yet. The next one is the first."),
    "own_time_forgotten": mark("The GPU’s own time for an image is forgotten: only the difference is gained."),
    "launches_forgotten": mark("The launches are forgotten: with one image a GPU waits for them most of the time."),
    # messages
    "outputs_for_inputs": mark("These are the layer’s outputs. Its inputs must be what arrives."),
    "channels_of_layer": mark("This is what the convolution has already. The input’s shape says what arrives."),
    "label_for_count": mark("This is the largest label. Labels begin at 0: there is one output more."),
    "ten_classes": mark("Ten outputs have the labels 0 … 9. The label of the message is beyond them."),
    "rows_for_images": mark("These are rows of maps: without a flatten each of them became a row of the batch."),
    "maps_for_images": mark("These are maps. Each image has several, one for each channel."),
    "sign_turned": mark("The sign is turned round: the mean is taken off the pixel, and not the pixel off the mean."),
    "power_of_ten": mark("This is a power of 10. The loss has the natural logarithm: a power of e is asked for."),
    "power_of_two": mark("This is a power of 2. The loss has the natural logarithm: a power of e is asked for."),
}
