# OneHotArrays: labels as arrays of Bool.
module OneHotArrays
import ..Flux: onehot, onehotbatch, onecold
export onehot, onehotbatch, onecold
end
