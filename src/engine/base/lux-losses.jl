# Lux: losses. Each is called with what a model gives and what it should give, or with a model, its parameters, its state and `(x, y)`.
module Lux

abstract type AbstractLossFunction <: Function end
(loss::AbstractLossFunction)(ŷ, y) = loss_of(loss, ŷ, y)
"Of a model: the loss, the next state, and no statistics."
function (loss::AbstractLossFunction)(model::AbstractLuxLayer, ps, st, (x, y))
    ŷ, st = apply(model, x, ps, st)
    (loss_of(loss, ŷ, y), st, (;))
end

"A function of two numbers, its values gathered by `agg`."
struct GenericLossFunction{F,A} <: AbstractLossFunction
    loss_fn::F
    agg::A
end
GenericLossFunction(f; agg=mean) = GenericLossFunction(f, agg)
same_size(f, ŷ, y) = (Flux.check_sizes(ŷ, y); f)
loss_of(l::GenericLossFunction, ŷ, y) = same_size(l, ŷ, y).agg(l.loss_fn.(ŷ, y))
"The smallest step, in the type of what the model gives."
step_of(::Nothing, ŷ) = Flux.epsilon(ŷ)
step_of(ϵ, ŷ) = oftype(Flux.epsilon(ŷ), ϵ)

"Errors."
struct MAELoss{A} <: AbstractLossFunction
    agg::A
end
MAELoss(; agg=mean) = MAELoss(agg)
loss_of(l::MAELoss, ŷ, y) = Flux.mae(ŷ, y; l.agg)
struct MSELoss{A} <: AbstractLossFunction
    agg::A
end
MSELoss(; agg=mean) = MSELoss(agg)
loss_of(l::MSELoss, ŷ, y) = Flux.mse(ŷ, y; l.agg)
const L1Loss = MAELoss
const L2Loss = MSELoss
struct MSLELoss{A,E} <: AbstractLossFunction
    agg::A
    epsilon::E
end
MSLELoss(; agg=mean, epsilon=nothing) = MSLELoss(agg, epsilon)
loss_of(l::MSLELoss, ŷ, y) = Flux.msle(ŷ, y; l.agg, eps=step_of(l.epsilon, ŷ))
struct HuberLoss{D,A} <: AbstractLossFunction
    delta::D
    agg::A
end
HuberLoss(; delta=nothing, agg=mean) = HuberLoss(delta === nothing ? true : delta, agg)
loss_of(l::HuberLoss, ŷ, y) = Flux.huber_loss(ŷ, y; l.agg, l.delta)

"Distances of distributions."
struct CrossEntropyLoss{L,S,D,A,E} <: AbstractLossFunction
    logits::Val{L}
    label_smoothing::S
    dims::D
    agg::A
    epsilon::E
end
CrossEntropyLoss(; logits=Val(false), label_smoothing=nothing, dims=1, agg=mean, epsilon=nothing) = CrossEntropyLoss(Val(static(logits)), smoothing(label_smoothing), dims, agg, epsilon)
smoothing(::Nothing) = nothing
smoothing(α) = 0 <= α <= 1 ? α : throw(ArgumentError("`label_smoothing` must be between 0 and 1, got $α"))
smoothed(y, ::Nothing, n) = y
smoothed(y, α, n) = y .* (1 - α) .+ α / n
classes(y, dims) = prod(d -> size(y, d), dims)
function loss_of(l::CrossEntropyLoss{true}, ŷ, y)
    Flux.check_sizes(ŷ, y)
    l.agg(.-sum(smoothed(y, as_float(l.label_smoothing, ŷ), classes(ŷ, l.dims)) .* logsoftmax(ŷ; l.dims); l.dims))
end
loss_of(l::CrossEntropyLoss{false}, ŷ, y) = Flux.crossentropy(ŷ, smoothed(y, as_float(l.label_smoothing, ŷ), classes(ŷ, l.dims)); l.dims, l.agg, eps=step_of(l.epsilon, ŷ))
as_float(::Nothing, ŷ) = nothing
as_float(α, ŷ) = oftype(float(first(ŷ)), α)
struct BinaryCrossEntropyLoss{L,S,A,E} <: AbstractLossFunction
    logits::Val{L}
    label_smoothing::S
    agg::A
    epsilon::E
end
BinaryCrossEntropyLoss(; logits=Val(false), label_smoothing=nothing, agg=mean, epsilon=nothing) = BinaryCrossEntropyLoss(Val(static(logits)), smoothing(label_smoothing), agg, epsilon)
loss_of(l::BinaryCrossEntropyLoss{true}, ŷ, y) = Flux.logitbinarycrossentropy(ŷ, smoothed(y, as_float(l.label_smoothing, ŷ), 2); l.agg)
loss_of(l::BinaryCrossEntropyLoss{false}, ŷ, y) = Flux.binarycrossentropy(ŷ, smoothed(y, as_float(l.label_smoothing, ŷ), 2); l.agg, eps=step_of(l.epsilon, ŷ))
struct KLDivergenceLoss{A,D,E} <: AbstractLossFunction
    agg::A
    dims::D
    epsilon::E
end
KLDivergenceLoss(; dims=1, agg=mean, epsilon=nothing) = KLDivergenceLoss(agg, dims, epsilon)
loss_of(l::KLDivergenceLoss, ŷ, y) = Flux.kldivergence(ŷ, y; l.dims, l.agg, eps=step_of(l.epsilon, ŷ))
struct PoissonLoss{A,E} <: AbstractLossFunction
    agg::A
    epsilon::E
end
PoissonLoss(; agg=mean, epsilon=nothing) = PoissonLoss(agg, epsilon)
loss_of(l::PoissonLoss, ŷ, y) = same_size(l, ŷ, y).agg(ŷ .- Flux.xlogy.(y, ŷ .+ step_of(l.epsilon, ŷ)))

"Cross entropies that count what is known already less."
struct BinaryFocalLoss{G,A,E} <: AbstractLossFunction
    gamma::G
    agg::A
    epsilon::E
end
BinaryFocalLoss(; gamma=2, agg=mean, epsilon=nothing) = BinaryFocalLoss(gamma, agg, epsilon)
loss_of(l::BinaryFocalLoss, ŷ, y) = Flux.binary_focal_loss(ŷ, y; l.agg, l.gamma, eps=step_of(l.epsilon, ŷ))
struct FocalLoss{G,D,A,E} <: AbstractLossFunction
    gamma::G
    dims::D
    agg::A
    epsilon::E
end
FocalLoss(; gamma=2, dims=1, agg=mean, epsilon=nothing) = FocalLoss(gamma, dims, agg, epsilon)
loss_of(l::FocalLoss, ŷ, y) = Flux.focal_loss(ŷ, y; l.dims, l.agg, l.gamma, eps=step_of(l.epsilon, ŷ))

"Overlaps, margins and distances."
struct DiceCoeffLoss{S,A} <: AbstractLossFunction
    smooth::S
    agg::A
end
DiceCoeffLoss(; smooth=true, agg=mean) = DiceCoeffLoss(smooth, agg)
function loss_of(l::DiceCoeffLoss, ŷ, y)
    Flux.check_sizes(ŷ, y)
    dims = ntuple(identity, max(ndims(ŷ) - 1, 1))
    overlap = sum(ŷ .* y; dims)
    l.agg(1 .- (2 .* overlap .+ l.smooth) ./ (sum(abs2, ŷ; dims) .+ sum(abs2, y; dims) .+ l.smooth))
end
struct HingeLoss{A} <: AbstractLossFunction
    agg::A
end
HingeLoss(; agg=mean) = HingeLoss(agg)
loss_of(l::HingeLoss, ŷ, y) = Flux.hinge_loss(ŷ, y; l.agg)
struct SquaredHingeLoss{A} <: AbstractLossFunction
    agg::A
end
SquaredHingeLoss(; agg=mean) = SquaredHingeLoss(agg)
loss_of(l::SquaredHingeLoss, ŷ, y) = Flux.squared_hinge_loss(ŷ, y; l.agg)
struct SiameseContrastiveLoss{M,A} <: AbstractLossFunction
    margin::M
    agg::A
end
SiameseContrastiveLoss(; margin=true, agg=mean) = margin >= 0 ? SiameseContrastiveLoss(margin, agg) : throw(DomainError(margin, "Margin must be non-negative"))
loss_of(l::SiameseContrastiveLoss, ŷ, y) = Flux.siamese_contrastive_loss(ŷ, y; l.agg, l.margin)
end
