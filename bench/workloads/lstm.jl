# One LSTM layer over a sequence, in matrix form; the four gates are parts of one product.
using Enzyme

sigmoid(t) = 1 / (1 + exp(-t))

function step(W, U, b, h, c, x)
    n = length(h)
    z = W * x + U * h + b
    input = sigmoid.(z[1:n])
    forget = sigmoid.(z[n+1:2n])
    output = sigmoid.(z[2n+1:3n])
    c = forget .* c .+ input .* tanh.(z[3n+1:4n])
    output .* tanh.(c), c
end

function loss(W, U, b, xs)
    n = size(U, 2)
    h = zeros(n)
    c = zeros(n)
    total = 0.0
    for t in axes(xs, 2)
        h, c = step(W, U, b, h, c, xs[:, t])
        total += sum(abs2, h)
    end
    total
end

function setup(n, steps)
    (
        W = [0.1 * sin(1.1 * i + 0.7 * j) for i in 1:4n, j in 1:n],
        U = [0.1 * cos(0.3 * i - 1.9 * j) for i in 1:4n, j in 1:n],
        b = [0.1 * sin(i) for i in 1:4n],
        xs = [sin(0.5 * i * t) for i in 1:n, t in 1:steps],
        dW = zeros(4n, n),
        dU = zeros(4n, n),
        db = zeros(4n),
    )
end

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.b[1] += 1e-9
        s += loss(data.W, data.U, data.b, data.xs)
    end
    s
end

function gradient(data, times)
    for _ in 1:times
        data.b[1] += 1e-9
        fill!(data.dW, 0.0)
        fill!(data.dU, 0.0)
        fill!(data.db, 0.0)
        autodiff(
            Reverse, loss, Active,
            Duplicated(data.W, data.dW), Duplicated(data.U, data.dU), Duplicated(data.b, data.db), Const(data.xs),
        )
    end
    vcat(vec(data.dW), vec(data.dU), data.db)
end
