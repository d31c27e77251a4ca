using System.Net;
using System.Net.Sockets;
using BatchGateway.Benchmarks.Data;

namespace BatchGateway.Benchmarks.Server;

/// <summary>
/// The other end of the transfers, in a process of its own: prints its port, takes any upload, gives any file, and ends when its input does.
/// </summary>
internal static class ServeCommand
{
    private const int Seed = 11;
    private const int BufferSize = 1_000_000;

    public static async Task<int> RunAsync()
    {
        using MemoryStream lines = new();
        new ResultLines(Seed).WriteTo(lines, BufferSize);

        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _ = AcceptAsync(listener, lines.ToArray());
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);

        // Whoever started this process holds the other end, and lets go of it however it ends.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task AcceptAsync(Socket listener, byte[] lines)
    {
        while (true)
        {
            Socket socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            new Thread(new Connection(socket, lines).Serve) { IsBackground = true }.Start();
        }
    }
}
