# Log-likelihood of a mixture of Gaussians with full covariances; each column of `icf` holds the logarithms of the diagonal and the
# lower triangle of the inverse Cholesky factor of one of them.
using Enzyme

function logsumexp(v)
    m = maximum(v)
    m + log(sum(exp.(v .- m)))
end

"out = Q * v for the triangular factor Q in column k of icf, the diagonal of which is in column k of `diagonals`."
function multiply!(out, diagonals, icf, k, v)
    d = length(v)
    for i in 1:d
        out[i] = diagonals[i, k] * v[i]
    end
    at = d
    for j in 1:d-1
        for i in j+1:d
            at += 1
            out[i] += icf[at, k] * v[j]
        end
    end
    out
end

function log_wishart_prior(icf, d, gamma, m)
    n = d + m + 1
    s = 0.0
    for k in axes(icf, 2)
        diagonal = @view icf[1:d, k]
        lower = @view icf[d+1:end, k]
        s += 0.5 * gamma^2 * (sum(abs2 ∘ exp, diagonal) + sum(abs2, lower)) - m * sum(diagonal)
    end
    c = n * d * (log(gamma) - 0.5 * log(2)) - sum(j -> 0.5 * n + 0.1 * j, 1:d)
    s - size(icf, 2) * c
end

function log_likelihood(alphas, means, icf, x, gamma, m)
    d, n = size(x)
    K = length(alphas)
    diagonals = exp.(icf[1:d, :])
    sums = [sum(@view icf[1:d, k]) for k in 1:K]
    centred = zeros(d)
    scaled = zeros(d)
    terms = zeros(K)
    total = 0.0
    for i in 1:n
        for k in 1:K
            for j in 1:d
                centred[j] = x[j, i] - means[j, k]
            end
            multiply!(scaled, diagonals, icf, k, centred)
            terms[k] = alphas[k] + sums[k] - 0.5 * sum(abs2, scaled)
        end
        total += logsumexp(terms)
    end
    -n * d * 0.5 * log(2pi) + total - n * logsumexp(alphas) + log_wishart_prior(icf, d, gamma, m)
end

function setup(d, K, n)
    rows = d + div(d * (d - 1), 2)
    (
        alphas = [sin(k) for k in 1:K],
        means = [cos(0.3 * j + k) for j in 1:d, k in 1:K],
        icf = [0.5 * sin(0.7 * j + 0.9 * k) for j in 1:rows, k in 1:K],
        x = [sin(0.11 * j * i) + 0.2 * cos(i) for j in 1:d, i in 1:n],
        dalphas = zeros(K),
        dmeans = zeros(d, K),
        dicf = zeros(rows, K),
    )
end

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.alphas[1] += 1e-9
        s += log_likelihood(data.alphas, data.means, data.icf, data.x, 1.0, 0)
    end
    s
end

function gradient(data, times)
    for _ in 1:times
        data.alphas[1] += 1e-9
        fill!(data.dalphas, 0.0)
        fill!(data.dmeans, 0.0)
        fill!(data.dicf, 0.0)
        autodiff(
            Reverse, log_likelihood, Active,
            Duplicated(data.alphas, data.dalphas), Duplicated(data.means, data.dmeans), Duplicated(data.icf, data.dicf),
            Const(data.x), Const(1.0), Const(0),
        )
    end
    vcat(data.dalphas, vec(data.dmeans), vec(data.dicf))
end
