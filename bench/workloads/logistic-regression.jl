# Logistic regression with a ridge, in matrix form.
using Enzyme, Statistics

sigmoid(t) = 1 / (1 + exp(-t))

function loss(w, b, X, y)
    p = sigmoid.(X * w .+ b)
    -mean(y .* log.(p) .+ (1 .- y) .* log.(1 .- p)) + 0.01 * sum(abs2, w)
end

function setup(n, m)
    X = [sin(0.37 * i + 1.7 * j + 0.01 * i * j) for i in 1:n, j in 1:m]
    y = [i % 3 == 0 ? 1.0 : 0.0 for i in 1:n]
    (X = X, y = y, w = [0.1 * cos(j) for j in 1:m], dw = zeros(m))
end

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.w[1] += 1e-9
        s += loss(data.w, 0.3, data.X, data.y)
    end
    s
end

function gradient(data, times)
    db = 0.0
    for _ in 1:times
        data.w[1] += 1e-9
        fill!(data.dw, 0.0)
        db = autodiff(Reverse, loss, Active, Duplicated(data.w, data.dw), Active(0.3), Const(data.X), Const(data.y))[1][2]
    end
    vcat(data.dw, db)
end
