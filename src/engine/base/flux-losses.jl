# Flux: losses. The first argument is what a model gives, the second what it should give; `agg` makes one number of all.
module Flux

"The smallest relative step of the numbers in an array, which keeps logarithms finite."
epsilon(x) = eps(float(eltype(x)))
function check_sizes(ŷ::AbstractArray, y::AbstractArray)
    for d in 1:max(ndims(ŷ), ndims(y))
        size(ŷ, d) == size(y, d) ||
            throw(DimensionMismatch("loss function expects size(ŷ) = $(size(ŷ)) to match size(y) = $(size(y))"))
    end
end
check_sizes(ŷ, y) = nothing
xlogy(x, y) = LogExpFunctions.xlogy(x, y)
xlogx(x) = LogExpFunctions.xlogx(x)

"Errors."
mae(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg(abs.(ŷ .- y)))
mse(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg(abs2.(ŷ .- y)))
msle(ŷ, y; agg=mean, eps=epsilon(ŷ)) = (check_sizes(ŷ, y); agg((log.((ŷ .+ eps) ./ (y .+ eps))) .^ 2))
huber_loss(ŷ, y; agg=mean, delta=1) = (check_sizes(ŷ, y); agg(huber.(abs.(ŷ .- y), delta)))
huber(e, delta) = (δ = oftype(float(e), delta); e < δ ? e^2 / 2 : δ * (e - δ / 2))

"Distances of distributions, along `dims`."
crossentropy(ŷ, y; dims=1, agg=mean, eps=epsilon(ŷ)) = (check_sizes(ŷ, y); agg(.-sum(xlogy.(y, ŷ .+ eps); dims)))
logitcrossentropy(ŷ, y; dims=1, agg=mean) = (check_sizes(ŷ, y); agg(.-sum(y .* logsoftmax(ŷ; dims); dims)))
binarycrossentropy(ŷ, y; agg=mean, eps=epsilon(ŷ)) = (check_sizes(ŷ, y); agg(.-xlogy.(y, ŷ .+ eps) .- xlogy.(1 .- y, 1 .- ŷ .+ eps)))
logitbinarycrossentropy(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg((1 .- y) .* ŷ .- logsigmoid.(ŷ)))
kldivergence(ŷ, y; dims=1, agg=mean, eps=epsilon(ŷ)) = (check_sizes(ŷ, y); agg(sum(xlogx.(y); dims)) + crossentropy(ŷ, y; dims, agg, eps))
poisson_loss(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg(ŷ .- xlogy.(y, ŷ)))
"Labels of 0 and 1, moved towards each other."
label_smoothing(y::Union{AbstractArray,Number}, α::Number; dims::Int=1) = 0 < α < 1 ? smoothed(y, α, dims) : throw(ArgumentError("α must be between 0 and 1"))
smoothed(y, α, dims) = dims == 0 ? y .* (1 - α) .+ α * 1 // 2 : dims == 1 ? y .* (1 - α) .+ α * 1 // size(y, 1) : throw(ArgumentError("`dims` should be either 0 or 1"))

"Margins, for labels of -1 and 1, or of distances."
hinge_loss(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg(max.(0, 1 .- ŷ .* y)))
squared_hinge_loss(ŷ, y; agg=mean) = (check_sizes(ŷ, y); agg((max.(0, 1 .- ŷ .* y)) .^ 2))
function siamese_contrastive_loss(ŷ, y; agg=mean, margin=1)
    check_sizes(ŷ, y)
    margin < 0 && throw(DomainError(margin, "Margin must be non-negative"))
    agg((1 .- y) .* ŷ .^ 2 .+ y .* max.(0, margin .- ŷ) .^ 2)
end

"Overlaps of pictures."
dice_coeff_loss(ŷ, y; smooth=1) = (check_sizes(ŷ, y); 1 - (2 * sum(y .* ŷ) + smooth) / (sum(y .^ 2 .+ ŷ .^ 2) + smooth))
function tversky_loss(ŷ, y; beta=0.7)
    check_sizes(ŷ, y)
    1 - (sum(y .* ŷ) + 1) / (sum(y .* ŷ .+ beta .* (1 .- y) .* ŷ .+ (1 - beta) .* y .* (1 .- ŷ)) + 1)
end
"Cross entropies that count what is known already less."
function binary_focal_loss(ŷ, y; agg=mean, gamma=2, eps=epsilon(ŷ))
    check_sizes(ŷ, y)
    moved = ŷ .+ eps
    p = y .* moved .+ (1 .- y) .* (1 .- moved)
    agg((1 .- p) .^ gamma .* .-log.(p))
end
function focal_loss(ŷ, y; dims=1, agg=mean, gamma=2, eps=epsilon(ŷ))
    check_sizes(ŷ, y)
    moved = ŷ .+ eps
    agg(sum(.-y .* (1 .- moved) .^ gamma .* log.(moved); dims))
end

module Losses
export mse, mae, msle, huber_loss, label_smoothing, crossentropy, logitcrossentropy, binarycrossentropy, logitbinarycrossentropy, kldivergence, poisson_loss, hinge_loss,
    squared_hinge_loss, dice_coeff_loss, tversky_loss, focal_loss, binary_focal_loss, siamese_contrastive_loss
import ..Flux: mse, mae, msle, huber_loss, label_smoothing, crossentropy, logitcrossentropy, binarycrossentropy, logitbinarycrossentropy, kldivergence, poisson_loss, hinge_loss,
    squared_hinge_loss, dice_coeff_loss, tversky_loss, focal_loss, binary_focal_loss, siamese_contrastive_loss
end

end
