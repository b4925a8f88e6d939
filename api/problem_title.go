package api

import (
	"net/http"

	"kawasan/geo"
)

// statusTitles say a status in words.
var statusTitles = map[int]geo.Text{
	http.StatusBadRequest:                  {EN: "Bad Request", ID: "Permintaan tidak tepat"},
	http.StatusUnauthorized:                {EN: "Unauthorized", ID: "Perlu kunci"},
	http.StatusNotFound:                    {EN: "Not Found", ID: "Tidak ditemukan"},
	http.StatusMethodNotAllowed:            {EN: "Method Not Allowed", ID: "Metode tidak diizinkan"},
	http.StatusNotAcceptable:               {EN: "Not Acceptable", ID: "Bentuk tidak tersedia"},
	http.StatusRequestTimeout:              {EN: "Request Timeout", ID: "Permintaan terlalu lama"},
	http.StatusConflict:                    {EN: "Conflict", ID: "Bertentangan dengan keadaan data"},
	http.StatusPreconditionFailed:          {EN: "Precondition Failed", ID: "Syarat tidak terpenuhi"},
	http.StatusRequestEntityTooLarge:       {EN: "Request Entity Too Large", ID: "Terlalu besar"},
	http.StatusRequestURITooLong:           {EN: "Request URI Too Long", ID: "Alamat terlalu panjang"},
	http.StatusRequestHeaderFieldsTooLarge: {EN: "Request Header Fields Too Large", ID: "Alamat dan tajuk terlalu panjang"},
	http.StatusInternalServerError:         {EN: "Internal Server Error", ID: "Gangguan pada server"},
	http.StatusServiceUnavailable:          {EN: "Service Unavailable", ID: "Layanan sedang tidak tersedia"},
	http.StatusGatewayTimeout:              {EN: "Gateway Timeout", ID: "Jawaban terlalu lama"},
}
