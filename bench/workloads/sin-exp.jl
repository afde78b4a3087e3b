# A scalar function, called and differentiated many times.
using Enzyme

f(x) = sin(x) * exp(x)

setup(n) = (n = n, out = zeros(1))

function primal(data, times)
    s = 0.0
    for _ in 1:times
        for i in 1:data.n
            s += f(1e-6 * i)
        end
    end
    s
end

function gradient(data, times)
    s = 0.0
    for _ in 1:times
        for i in 1:data.n
            s += autodiff(Reverse, f, Active, Active(1e-6 * i))[1][1]
        end
    end
    data.out[1] = s
    data.out
end
