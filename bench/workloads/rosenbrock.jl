# The chained Rosenbrock function over a vector.
using Enzyme

function rosenbrock(x)
    s = 0.0
    for i in 1:length(x)-1
        s += (1 - x[i])^2 + 100 * (x[i+1] - x[i]^2)^2
    end
    s
end

setup(n) = (x = [sin(0.1 * i) for i in 1:n], dx = zeros(n))

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.x[1] += 1e-9
        s += rosenbrock(data.x)
    end
    s
end

function gradient(data, times)
    for _ in 1:times
        data.x[1] += 1e-9
        fill!(data.dx, 0.0)
        autodiff(Reverse, rosenbrock, Active, Duplicated(data.x, data.dx))
    end
    data.dx
end
