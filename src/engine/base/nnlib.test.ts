/** NNlib: borders, enlarging, gathering and scattering, adjoints of convolutions, infinite logits. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

describe('NNlib', () => {
  shows(
    () =>
      newSession(`
using NNlib, Zygote, Statistics, Enzyme, ForwardDiff
const image, kernel = reshape(collect(1.0:20.0), 5, 4, 1, 1), reshape(collect(1.0:4.0), 2, 2, 1, 1)
const line = reshape([1.0, 2.0, 3.0], 3, 1, 1)
dims(; options...) = DenseConvDims(image, kernel; options...)
adjoints(; options...) = (d = dims(; options...); dy = sin.(conv(image, kernel, d)); back = Zygote.pullback((x, w) -> conv(x, w, d), image, kernel)[2](dy); (∇conv_data(dy, kernel, d) ≈ back[1], ∇conv_filter(image, dy, d) ≈ back[2]))
`),
    `
    adjoints(), adjoints(; stride=2, padding=1), adjoints(; dilation=2, flipkernel=true) => ((true, true), (true, true), (true, true))
    NNlib.scatter(max, [-1, -5], [1, 1]), NNlib.scatter(*, [2, 3, 4], [1, 1, 2]), NNlib.scatter(min, [1.0], [2]), NNlib.scatter(-, [1, 2], [1, 1]), NNlib.scatter(mean, [1.0, 3.0, 5.0], [1, 1, 2]) => ([-1], [6, 4], [Inf, 1.0], [-3], [2.0, 5.0])
    NNlib.scatter(+, [10 20 30; 1 2 3], [2, 2, 1]; dstsize=(2, 3)), NNlib.scatter(+, [1, 2], [(1, 2), (2, 1)]), NNlib.scatter!(+, zeros(Int, 3), [1, 2], [3, 3]), NNlib.scatter(+, [1 2; 3 4], [1 1; 2 2]) => ([30 30 0; 3 3 0], [0 1; 2 0], [0, 0, 3], [3, 7])
    NNlib.scatter((x, y) -> y, [1], [1]) => !ArgumentError: scatter by
    NNlib.gather([1 2 3; 4 5 6], [(1, 2), (2, 3)]), NNlib.gather([1 2; 3 4], [2, 1, 2]), NNlib.gather([10, 20], [2 1; 1 1]), NNlib.gather(reshape(1:8, 2, 2, 2), [(1, 2)]), NNlib.gather([1 2; 3 4], [1, 2], [2, 2]) => ([2, 6], [2 1 2; 4 3 4], [20 10; 10 10], [5; 6;;], [2, 4])
    Zygote.gradient(x -> sum(NNlib.gather(x, [1, 1, 2]) .* [1, 2, 3]'), [1.0 2.0])[1], Zygote.gradient(x -> NNlib.scatter(max, x, [1, 1, 2])[1], [1.0, 3.0, 2.0])[1] => ([3.0 3.0], [0.0, 1.0, 0.0])
    vec(pad_reflect(line, (1, 1))), vec(pad_symmetric(line, (2, 1))), vec(pad_circular(line, (1, 2))), pad_repeat([1 2; 3 4], (1, 0, 0, 1)), pad_zeros([1, 2], 1) => ([2.0, 1.0, 2.0, 3.0, 2.0], [2.0, 1.0, 1.0, 2.0, 3.0, 3.0], [3.0, 1.0, 2.0, 3.0, 1.0, 2.0], [1 2 2; 1 2 2; 3 4 4], [0, 1, 2, 0])
    vec(upsample_linear(line; size=(5,))), vec(upsample_linear(line, 2; align_corners=false)), vec(upsample_nearest(line, (2,))), upsample_bilinear(reshape([1.0 2; 3 4], 2, 2, 1, 1); size=(3, 3))[:, :, 1, 1] => ([1.0, 1.5, 2.0, 2.5, 3.0], [1.0, 1.25, 1.75, 2.25, 2.75, 3.0], [1.0, 1.0, 2.0, 2.0, 3.0, 3.0], [1.0 1.5 2.0; 2.0 2.5 3.0; 3.0 3.5 4.0])
    pixel_shuffle(reshape([10c + x for x in 1:2, c in 1:2], 2, 2, 1), 2)[:, 1, 1] => [11, 21, 12, 22]
    pixel_shuffle(ones(2, 3, 1), 2) => !ArgumentError: expected channel dimension to be divisible by r^d = 2
    softmax([Inf, 1.0]), logsoftmax([1.0, Inf]), softmax([Inf 1.0; 1.0 2.0]; dims=2)[1, :] => ([1.0, 0.0], [-Inf, 0.0], [1.0, 0.0])
    map(f -> Zygote.gradient(f, 0.0)[1], (sigmoid, softplus, logsigmoid, logcosh, relu, leakyrelu, relu6, elu)) => (0.25, 0.5, 0.5, 0.0, 0.0, 0.01, 0.0, 1.0)
    map(f -> Enzyme.autodiff(Reverse, f, Active(0.0))[1][1], (sigmoid, softplus, logsigmoid, logcosh, relu)) => (0.25, 0.5, 0.5, 0.0, 1.0)
    map(f -> ForwardDiff.derivative(f, 0.0), (sigmoid, softplus, logsigmoid, logcosh, relu)), relu.([-1.0, 2.0]), relu(-2) => ((0.25, 0.5, 0.5, 0.0, 1.0), [0.0, 2.0], 0)
    Zygote.gradient(w -> sum(sigmoid.(w * [1.0, 2.0])), zeros(1, 2))[1] => [0.25 0.5]
    relu([1.0]) => !Use broadcasting (\`relu.(x)\`) to apply activation functions to arrays.
    (x = [-1.0, 2.0]; (NNlib.bias_act!(relu, x, [0.5, 0.5]) === x, x)) => (true, [0.0, 2.5])
    `,
  )
})
