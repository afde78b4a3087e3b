# Reading text that is in memory, and the names of files. Files themselves and standard input are outside of the subset.

IOBuffer(; kws...) = IOBuffer("", -1)
IOBuffer(text::AbstractString; kws...) = IOBuffer(string(text), 0)
IOBuffer(bytes::AbstractVector{UInt8}; kws...) = IOBuffer(String(copy(bytes)), 0)
"What has not been read yet. What is written stands before the place where reading goes on."
__unread(io::IOBuffer) = io.read < 0 ? "" : Intrinsics.str_slice(io.text, io.read, length(io.text))
function __take(io::IOBuffer, n::Int64)
    found = first(__unread(io), n)
    io.read < 0 || (io.read += length(found))
    found
end
"Whether everything has been read."
eof(io::IOBuffer) = io.read < 0 || io.read >= length(io.text)
"The text up to the next `stop`, which is read too."
function readuntil(io::IOBuffer, stop::Union{Char,AbstractString}; keep::Bool=false)
    at = __find(__unread(io), string(stop))
    at < 0 && return __take(io, length(__unread(io)))
    found = __take(io, at + length(string(stop)))
    keep ? found : first(found, at)
end
"The next line."
readline(io::IOBuffer; keep::Bool=false) = (line = readuntil(io, '\n'; keep=true); keep ? line : string(chomp(line)))
"The lines that have not been read yet."
readlines(io::IOBuffer; keep::Bool=false) = collect(String, eachline(io; keep=keep))
struct EachLine{T<:IO}
    stream::T
    keep::Bool
end
"An iterator over the lines that have not been read yet."
eachline(io::IOBuffer; keep::Bool=false) = EachLine(io, keep)
iterate(lines::EachLine, state=nothing) = eof(lines.stream) ? nothing : (readline(lines.stream; keep=lines.keep), nothing)
IteratorSize(::Type{<:EachLine}) = SizeUnknown()
eltype(::Type{<:EachLine}) = String
"How many lines have not been read yet."
countlines(io::IOBuffer) = length(readlines(io))
"What has not been read yet, as a string, as bytes, or the next character or byte of it."
read(io::IOBuffer, ::Type{String}) = __take(io, length(__unread(io)))
read(io::IOBuffer) = codeunits(read(io, String))
read(io::IOBuffer, ::Type{Char}) = eof(io) ? throw(EOFError()) : first(__take(io, 1))
function read(io::IOBuffer, ::Type{UInt8})
    c = read(io, Char)
    isascii(c) ? UInt8(c) : throw(__OutsideSubset("Reading a part of a character"))
end
"At most so many bytes."
function read(io::IOBuffer, n::Integer)
    bytes = codeunits(__unread(io))
    found = bytes[1:min(n, length(bytes))]
    io.read < 0 || seek(io, position(io) + length(found))
    found
end
"The next character or byte, which is not read."
peek(io::IOBuffer, T::Type=UInt8) = (at = io.read; x = read(io, T); io.read = at; x)
"How many bytes stand before the place where reading goes on."
position(io::IOBuffer) = io.read < 0 ? ncodeunits(io.text) : __byte_index(io.text, io.read) - 1
seek(io::IOBuffer, n::Integer) = (io.read = n >= ncodeunits(io.text) ? length(io.text) : __character(io.text, n + 1); io)
seekstart(io::IOBuffer) = seek(io, 0)
seekend(io::IOBuffer) = seek(io, ncodeunits(io.text))
skip(io::IOBuffer, n::Integer) = seek(io, position(io) + n)
bytesavailable(io::IOBuffer) = ncodeunits(__unread(io))
isopen(io::IO) = true
isreadable(io::IO) = io isa IOBuffer
iswritable(io::IO) = true

__of_files(name) = throw(__OutsideSubset(string("The file system (`", name, "`)")))
eachline(path::AbstractString; kws...) = __of_files("eachline")
readlines(path::AbstractString; kws...) = __of_files("readlines")
readline(path::AbstractString; kws...) = __of_files("readline")
readline() = throw(__OutsideSubset("Standard input (`readline`)"))
countlines(path::AbstractString; kws...) = __of_files("countlines")
read(path::AbstractString, xs...) = __of_files("read")
