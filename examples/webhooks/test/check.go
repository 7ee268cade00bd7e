// Verifies one webhook from the command line: SECRET ID TIMESTAMP SIGNATURE, with the body on the standard input.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	header := http.Header{}
	header.Set("webhook-id", os.Args[2])
	header.Set("webhook-timestamp", os.Args[3])
	header.Set("webhook-signature", os.Args[4])
	body, err := io.ReadAll(os.Stdin)
	if err == nil {
		var message map[string]any
		if message, err = VerifyWebhook(os.Args[1], header, body); err == nil {
			fmt.Println(message["type"])
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
