# Reprojection errors of a bundle adjustment: cameras with a Rodrigues rotation, a centre, a focal length, a principal point and two
# coefficients of radial distortion look at points.
using Enzyme

dot3(a, b) = a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
cross3(a, b) = (a[2] * b[3] - a[3] * b[2], a[3] * b[1] - a[1] * b[3], a[1] * b[2] - a[2] * b[1])

"The point x turned by the rotation vector r."
function rotate(r, x)
    square = dot3(r, r)
    if square > 1e-20
        angle = sqrt(square)
        s, c = sincos(angle)
        axis = r ./ angle
        x .* c .+ cross3(axis, x) .* s .+ axis .* (dot3(axis, x) * (1 - c))
    else
        x .+ cross3(r, x)
    end
end

"Where camera i sees point j."
function project(cameras, i, points, j)
    rotation = (cameras[1, i], cameras[2, i], cameras[3, i])
    centre = (cameras[4, i], cameras[5, i], cameras[6, i])
    point = (points[1, j], points[2, j], points[3, j])
    x, y, z = rotate(rotation, point .- centre)
    u, v = x / z, y / z
    square = u^2 + v^2
    distortion = 1 + cameras[10, i] * square + cameras[11, i] * square^2
    f = cameras[7, i]
    (f * distortion * u + cameras[8, i], f * distortion * v + cameras[9, i])
end

"Two weighted residuals for each observation."
function residuals!(out, cameras, points, weights, seen, pairs)
    for k in axes(pairs, 2)
        u, v = project(cameras, pairs[1, k], points, pairs[2, k])
        out[1, k] = weights[k] * (u - seen[1, k])
        out[2, k] = weights[k] * (v - seen[2, k])
    end
    out
end

function cost(out, cameras, points, weights, seen, pairs)
    residuals!(out, cameras, points, weights, seen, pairs)
    0.5 * sum(abs2, out)
end

function setup(n, m, observations)
    (
        cameras = [r == 7 ? 500.0 : r > 9 ? 0.01 * sin(i) : r == 6 ? -8.0 : 0.3 * sin(1.3 * r + i) for r in 1:11, i in 1:n],
        points = [sin(2.1 * r * j) for r in 1:3, j in 1:m],
        weights = [1 + 0.1 * sin(k) for k in 1:observations],
        seen = [100 * cos(0.3 * r * k) for r in 1:2, k in 1:observations],
        pairs = [r == 1 ? (7 * k) % n + 1 : (13 * k) % m + 1 for r in 1:2, k in 1:observations],
        out = zeros(2, observations),
        dcameras = zeros(11, n),
        dpoints = zeros(3, m),
        dout = zeros(2, observations),
    )
end

function primal(data, times)
    s = 0.0
    for _ in 1:times
        data.cameras[1] += 1e-9
        s += cost(data.out, data.cameras, data.points, data.weights, data.seen, data.pairs)
    end
    s
end

function gradient(data, times)
    for _ in 1:times
        data.cameras[1] += 1e-9
        fill!(data.dcameras, 0.0)
        fill!(data.dpoints, 0.0)
        autodiff(
            Reverse, cost, Active,
            Duplicated(data.out, data.dout), Duplicated(data.cameras, data.dcameras), Duplicated(data.points, data.dpoints),
            Const(data.weights), Const(data.seen), Const(data.pairs),
        )
    end
    vcat(vec(data.dcameras), vec(data.dpoints))
end
