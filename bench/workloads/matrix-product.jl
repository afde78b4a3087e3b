# The sum of the squares of a product of matrices.
using Enzyme

loss(A, B) = sum(abs2, A * B)

function setup(n)
    A = [sin(0.01 * i + 0.3 * j) for i in 1:n, j in 1:n]
    B = [cos(0.02 * i - 0.1 * j) for i in 1:n, j in 1:n]
    (A = A, B = B, dA = zero(A), dB = zero(B))
end

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.A[1] += 1e-9
        s += loss(data.A, data.B)
    end
    s
end

function gradient(data, times)
    for _ in 1:times
        data.A[1] += 1e-9
        fill!(data.dA, 0.0)
        fill!(data.dB, 0.0)
        autodiff(Reverse, loss, Active, Duplicated(data.A, data.dA), Duplicated(data.B, data.dB))
    end
    vcat(vec(data.dA), vec(data.dB))
end
